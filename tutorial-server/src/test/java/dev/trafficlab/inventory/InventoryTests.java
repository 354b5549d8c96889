package dev.trafficlab.inventory;

import java.nio.file.Path;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.trafficlab.TutorialServer;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.inventory.Inventory.Entry;
import dev.trafficlab.inventory.Inventory.Field;
import dev.trafficlab.inventory.Inventory.Health;
import dev.trafficlab.inventory.Inventory.Sheet;
import dev.trafficlab.inventory.Topology.Node;
import dev.trafficlab.inventory.Topology.ObjectName;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.ManifestPreview;
import dev.trafficlab.lab.ManifestPreview.Diagnostic;
import dev.trafficlab.lab.ManifestPreview.Sign;

import static org.assertj.core.api.Assertions.assertThat;

/** The inventory of a real lab, and what drafts would do to it, on the whole server. */
class InventoryTests {

    private static ConfigurableApplicationContext server;
    private static Inventory inventory;
    private static Labs labs;
    private static ManifestPreview drafts;
    private static Course course;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new SpringApplicationBuilder(TutorialServer.class).run("--server.port=0", "--tutorial.data-dir="
                + data, "--tutorial.pod-phase=0s", "--tutorial.limits.enabled=false");
        inventory = server.getBean(Inventory.class);
        labs = server.getBean(Labs.class);
        drafts = server.getBean(ManifestPreview.class);
        course = server.getBean(Courses.class).find("traffic-weighting").orElseThrow();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void ghostsTurnSolidAndPodsBecomeReadyWhileTheRevisionCounts() {
        String lab = lab();
        assertThat(inventory.topology(lab, course).nodes()).filteredOn(node -> node.object().isPresent())
                .allMatch(node -> node.ghost().isPresent());
        long before = inventory.revision(lab);

        labs.apply(lab, "services");

        assertThat(inventory.revision(lab)).isGreaterThan(before);
        Awaitility.await().untilAsserted(() -> assertThat(node(lab, "workload/colors-v1").pods().ready()).isOne());
        assertThat(node(lab, "service/colors").ghost()).isEmpty();
        assertThat(node(lab, "gateway/my-gateway").ghost().orElseThrow().stepId()).isEqualTo("gateway");
    }

    @Test
    void topologyStaysTheSameObjectWhileNothingChanges() {
        String lab = lab();
        assertThat(inventory.topology(lab, course)).isSameAs(inventory.topology(lab, course));
    }

    @Test
    void treeHoldsPodsBelowTheirDeploymentWithLogsAndEvents() {
        String lab = ready("services");
        Entry deployment = inventory.tree(lab)
                .stream()
                .filter(entry -> entry.object()
                        .equals(new ObjectName("Deployment", "colors-v1")))
                .findFirst()
                .orElseThrow();
        Entry pod = deployment.below().getFirst().below().getFirst();
        assertThat(deployment.status()).isEqualTo("1/1");
        assertThat(pod.status()).isEqualTo("1/1 Running");
        assertThat(pod.health()).isEqualTo(Health.GOOD);

        Sheet sheet = inventory.sheet(lab, pod.object()).orElseThrow();
        assertThat(sheet.yaml()).startsWith("apiVersion: v1\nkind: Pod\n")
                .contains("phase: Running")
                .doesNotContain("managedFields");
        assertThat(sheet.events()).extracting(Inventory.Happening::reason).contains("Scheduled", "Started");
        assertThat(sheet.containers()).containsExactly("colors");
        assertThat(inventory.log(lab, pod.object().name(), "nobody")).isEmpty();
        assertThat(inventory.sheet(lab, new ObjectName("Secret", "any"))).isEmpty();
    }

    @Test
    void fieldsComeFromTheClustersOwnSchemas() {
        assertThat(inventory.fields("networking.istio.io/v1", "VirtualService", List.of("spec", "http", "route")))
                .extracting(Field::name)
                .contains("destination", "weight");
        assertThat(inventory.fields("v1", "Service", List.of("spec", "ports"))).extracting(Field::name)
                .contains("port", "targetPort");
        assertThat(inventory.fields("example.org/v9", "Nothing", List.of())).isEmpty();
        assertThat(inventory.fields("../v1", "Service", List.of())).isEmpty();
    }

    @Test
    void draftTellsWhatWouldChangeAndChangesNothing() {
        String lab = ready("services", "gateway", "virtual-service");
        long before = inventory.revision(lab);

        ManifestPreview.Review review = drafts.review(lab, manifest("destination-rules"));

        assertThat(review.remarks()).isEmpty();
        assertThat(review.changes()).extracting(change -> change.kind() + " " + change.result())
                .containsExactly("DestinationRule created", "VirtualService configured");
        assertThat(review.changes().getLast().lines()).filteredOn(line -> line.sign() == Sign.ADDED)
                .extracting(line -> line.text().strip())
                .contains("weight: 10", "subset: v1");
        assertThat(inventory.revision(lab)).isEqualTo(before);
        labs.apply(lab, "destination-rules");
        assertThat(drafts.review(lab, manifest("destination-rules")).changes()).extracting(
                ManifestPreview.Change::result)
                .containsOnly("unchanged");
    }

    @Test
    void refusedDraftNamesTheLineOfTheField() {
        String yaml = manifest("destination-rules").replaceFirst("weight: 30", "wait: 30");
        int line = 1 + (int) yaml.substring(0, yaml.indexOf("wait: 30")).chars().filter(c -> c == '\n').count();

        assertThat(drafts.review(lab(), yaml).remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.line()).isEqualTo(line);
            assertThat(remark.object()).isEqualTo("VirtualService colors");
            assertThat(remark.message()).contains("wait");
        });
        assertThat(drafts.review(lab(), "kind: Service\n  name: [").remarks()).extracting(Diagnostic::line)
                .containsExactly(2);
    }

    @Test
    void namespaceShowsNothingOfItsKeeper() {
        String lab = lab();
        String label = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: traffic-lab\n  labels:\n    istio-injection: enabled\n";

        assertThat(drafts.review(lab, label).changes()).singleElement()
                .satisfies(change -> assertThat(change.lines())
                        .extracting(ManifestPreview.DiffLine::text)
                        .noneMatch(text -> text.contains("token") || text.contains("/"))
                        .anyMatch(text -> text.contains("istio-injection: enabled")));
    }

    private static String lab() {
        return labs.create("traffic-weighting").lab().id();
    }

    private static String ready(String... steps) {
        String lab = lab();
        for (String step : steps) {
            labs.apply(lab, step);
        }
        Awaitility.await().untilAsserted(() -> assertThat(node(lab, "workload/colors-v1").pods().ready()).isOne());
        return lab;
    }

    private static String manifest(String step) {
        return course.step(step).orElseThrow().manifests().getFirst().yaml();
    }

    private static Node node(String lab, String id) {
        return inventory.topology(lab, course)
                .nodes()
                .stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
