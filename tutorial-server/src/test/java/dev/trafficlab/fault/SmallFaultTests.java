package dev.trafficlab.fault;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.trafficlab.fault.FaultyServer.Lab;
import dev.trafficlab.fault.FaultyServer.Launch;

import static org.assertj.core.api.Assertions.assertThat;

/** The process gets less than it needs: file handles, memory. */
class SmallFaultTests {

    private static final int LABS = 300;

    @TempDir
    private Path folder;

    @Test
    void withFewFileHandlesItSaysSoOrServesAndItsLogHasAnEnd() throws IOException, InterruptedException {
        try (FaultyServer server = Launch.on(folder.resolve("data")).after("ulimit -n 64").begin()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> !server.isAlive() || server.health("readiness") == 200);
            if (server.isAlive()) {
                assertThat(server.lab().write("map", "1").statusCode()).isEqualTo(201);
            } else {
                assertThat(server.log()).contains("ulimit -n").doesNotContain("\tat ");
            }
            assertThat(server.log().lines().count()).isLessThan(60);
        }
    }

    @Test
    void withASmallHeapManyLabsAreRefusedOrServedButItIsNeverDeadBehindAProbeThatSaysUp()
            throws IOException, InterruptedException {
        try (FaultyServer server = Launch.on(folder.resolve("data"))
                .with("-Xmx96m")
                .setting("--tutorial.limits.enabled=false")
                .ready()) {
            List<Lab> labs = new ArrayList<>();
            for (int i = 0; i < LABS && server.isAlive(); i++) {
                HttpResponse<String> answer = server.makeLab();
                assertThat(answer.statusCode()).as(answer.body()).isIn(201, 429, 503);
                if (answer.statusCode() == 201) {
                    labs.add(FaultyServer.labOf(server, answer.body()));
                    labs.getLast().apply("services");
                }
            }

            assertThat(labs).hasSizeGreaterThan(50);
            assertThat(server.isAlive()).as(server.log()).isTrue();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> server.health("liveness") == 200
                            && server.health("readiness") == 200
                            && labs.getFirst().write("map", "1").statusCode() < 300
                            && labs.getLast().write("map", "1").statusCode() < 300);
        }
    }
}
