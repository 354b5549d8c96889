package dev.trafficlab.lab;

import java.nio.file.Path;
import java.time.InstantSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ApplicationContext;

import dev.trafficlab.cluster.CountingClient;
import dev.trafficlab.course.Courses;
import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.lab.ApplyOutcome.Applied;
import dev.trafficlab.lab.backend.EmbeddedLabBackend;
import dev.trafficlab.lab.backend.LabSecrets;

import static org.assertj.core.api.Assertions.assertThat;

/** What an Apply asks of the cluster: each object is tried once and sent once. */
class ApplyCallsTests {

    private static final int OBJECTS = 11;

    @TempDir
    private Path directory;

    private RunningServer server;
    private CountingClient counting;
    private ClusterLabs labs;

    @BeforeEach
    void start() {
        server = RunningServer.start(directory);
        ApplicationContext context = server.context();
        EmbeddedCluster embedded = context.getBean(EmbeddedCluster.class);
        counting = CountingClient.of(embedded.api());
        LabSecrets secrets = context.getBean(LabSecrets.class);
        labs = new ClusterLabs(new CountedCluster(embedded, counting.client()),
                new EmbeddedLabBackend(counting.client(), secrets, InstantSource.system()),
                context.getBean(Courses.class), server.traffic(), secrets, 10, InstantSource.system());
    }

    @AfterEach
    void stop() {
        counting.client().close();
        server.close();
    }

    @Test
    void theFirstStepsElevenObjectsTakeAtMostTwentySixCalls() {
        String lab = labs.create("traffic-weighting").lab().id();
        counting.calls().clear();

        ApplyOutcome outcome = labs.apply(lab, "services");

        assertThat(outcome).isInstanceOfSatisfying(Applied.class, applied -> assertThat(applied.changes()).hasSize(
                OBJECTS));
        assertThat(counting.calls()).hasSizeBetween(2 * OBJECTS, 26);
        assertThat(counting.calls().stream().filter(call -> call.startsWith("PATCH") && call.contains("dryRun=All")))
                .hasSize(OBJECTS);
    }

    @Test
    void aManifestThatIsRefusedIsTriedAndNeverSent() {
        String lab = labs.create("traffic-weighting").lab().id();
        counting.calls().clear();

        ApplyOutcome outcome = labs.applyManifest(lab, """
                                                       apiVersion: v1
                                                       kind: Service
                                                       metadata: {name: web}
                                                       spec: {ports: [{port: 0}]}
                                                       """);

        assertThat(outcome).isInstanceOf(ApplyOutcome.Rejected.class);
        assertThat(counting.calls().stream().filter(call -> call.startsWith("PATCH"))).hasSize(1)
                .allMatch(call -> call.contains("dryRun=All"));
    }
}
