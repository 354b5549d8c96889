package dev.trafficlab.lab.backend;

import java.time.Instant;
import java.util.Map;

import io.fabric8.kubernetes.api.model.Namespace;
import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.Lab;

import static org.assertj.core.api.Assertions.assertThat;

class LabRecordTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Namespace namespace = LabRecord.newNamespace("lab-aaaaaaaaaa", "lab-aaaaaaaaaa.secret",
            "traffic-weighting", "services", NOW);

    @Test
    void aNewLabIsReadBackAsItWasWritten() {
        assertThat(LabRecord.read(namespace))
                .contains(new Lab("lab-aaaaaaaaaa", "traffic-weighting", NOW, NOW, "services", Map.of()));
    }

    @Test
    void theTokenIsNotWritten() {
        assertThat(namespace.toString()).doesNotContain("secret");
        assertThat(LabRecord.tokenHash(namespace)).contains(LabSecrets.hash("lab-aaaaaaaaaa.secret"));
    }

    @Test
    void progressIsReadByStep() {
        namespace.getMetadata().getAnnotations().putAll(LabRecord.applied("gateway", NOW.plusSeconds(1)));
        namespace.getMetadata().getAnnotations().putAll(LabRecord.checked("gateway", NOW.plusSeconds(2)));
        Lab lab = LabRecord.read(namespace).orElseThrow();
        assertThat(lab.progress("gateway").applied()).contains(NOW.plusSeconds(1));
        assertThat(lab.progress("gateway").checked()).contains(NOW.plusSeconds(2));
        assertThat(lab.progress("sticky").applied()).isEmpty();
        assertThat(lab.seen()).isEqualTo(NOW.plusSeconds(2));
    }

    @Test
    void aNamespaceOfSomebodyElseIsNoLab() {
        namespace.getMetadata().getLabels().clear();
        assertThat(LabRecord.read(namespace)).isEmpty();
        assertThat(LabRecord.tokenHash(namespace)).isEmpty();
    }

    @Test
    void aNamespaceThatIsGoingAwayIsNoLab() {
        namespace.getMetadata().setDeletionTimestamp(NOW.toString());
        assertThat(LabRecord.read(namespace)).isEmpty();
    }

    @Test
    void aSpoiltTimeDoesNotSpoilTheLab() {
        namespace.getMetadata().getAnnotations().put("trafficlab.dev/seen", "yesterday");
        assertThat(LabRecord.read(namespace)).map(Lab::seen).contains(NOW);
    }

    @Test
    void aResetTakesProgressAndTheLearnersLabelsOnly() {
        namespace.getMetadata().getLabels().put("istio-injection", "enabled");
        namespace.getMetadata().getAnnotations().putAll(LabRecord.checked("gateway", NOW));
        assertThat(LabRecord.resetLabels(namespace)).containsOnlyKeys("istio-injection")
                .containsEntry("istio-injection", null);
        assertThat(LabRecord.resetAnnotations(namespace, "services", true))
                .containsOnlyKeys("trafficlab.dev/checked.gateway", "trafficlab.dev/current-step")
                .containsEntry("trafficlab.dev/checked.gateway", null)
                .containsEntry("trafficlab.dev/current-step", "services");
    }
}
