package dev.trafficlab.cluster.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Which kubeconfig is meant, and what is told when there is none to use. */
class KubeconfigsTests {

    @TempDir
    private Path home;

    private Path kubeconfig(String text) throws IOException {
        Files.createDirectories(home.resolve(".kube"));
        return Files.writeString(home.resolve(".kube/config"), text);
    }

    private FailureAnalysis refusal(Map<String, String> environment) {
        KubeconfigException refused = catchThrowableOfType(KubeconfigException.class,
                () -> Kubeconfigs.requireAny(environment, home));
        return new KubeconfigException.Analyzer().analyze(refused, refused);
    }

    @Test
    void whereThereIsNoneTheEmbeddedClusterIsNamed() {
        assertThat(refusal(Map.of()).getDescription()).startsWith("There is no kubeconfig");
        assertThat(refusal(Map.of()).getAction()).contains("--tutorial.kubeconfig.file", "embedded cluster");
        assertThat(refusal(Map.of("KUBECONFIG", home + "/a:" + home + "/b")).getDescription()).startsWith(
                "There is no");
    }

    @Test
    void oneThatIsNoYamlIsNotUnderstood() throws IOException {
        kubeconfig("clusters: [1, {");

        assertThat(refusal(Map.of()).getDescription()).startsWith("The kubeconfig cannot be understood: ")
                .endsWith(".");
        assertThat(refusal(Map.of()).getAction()).contains("kubectl config view");
    }

    @Test
    void oneThatIsThereIsTaken() throws IOException {
        Path file = kubeconfig("apiVersion: v1\nkind: Config\nclusters: []\n");

        assertThatCode(() -> Kubeconfigs.requireAny(Map.of(), home)).doesNotThrowAnyException();
        assertThatCode(() -> Kubeconfigs.requireAny(Map.of("KUBECONFIG", "/nowhere:" + file), home.resolve("other")))
                .doesNotThrowAnyException();
        assertThat(Kubeconfigs.require(file.toString())).exists();
    }
}
