package dev.trafficlab.realcluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The manifests that operators apply, judged by a real API server: dry runs by kubectl, each object of each folder. */
class DeploymentClusterTests {

    private static final Path DEPLOY = Path.of("..", "manifests", "deploy").toAbsolutePath().normalize();
    private static final RealApiServer SERVER = RealApiServer.shared();

    @TempDir
    static Path folder;

    /** A dry run makes no namespace, so that the objects in it would find none. */
    @BeforeAll
    static void makeNamespaces() throws IOException, InterruptedException {
        kubectl("apply", "--server-side", "-f", DEPLOY.resolve("base/namespace.yaml").toString());
        Path gateway = Files.writeString(folder.resolve("namespace.yaml"),
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: istio-system}\n");
        kubectl("apply", "--server-side", "-f", gateway.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "laptop", "class", "real-cluster", "real-cluster/rights"})
    void everyFolderIsAccepted(String overlay) throws Exception {
        assertAccepted(DEPLOY.resolve(overlay));
    }

    @Test
    void aClassWithAnIngressIsAccepted() throws Exception {
        Path own = Files.createDirectories(folder.resolve("with-ingress"));
        Files.writeString(own.resolve("kustomization.yaml"), "resources: [" + relative(own, "class")
                + "]\ncomponents: ["
                + relative(own, "components/ingress") + "]\n");
        assertAccepted(own);
    }

    /**
     * "restricted" is enforced, so a pod that is refused shows as a warning at its Deployment. Other tests on this server
     * apply the account's rights under a manager of their own, which these dry runs may overrule.
     */
    private static void assertAccepted(Path overlay) throws IOException, InterruptedException {
        String told = kubectl("apply", "--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict",
                "-k",
                overlay.toString());
        assertThat(told).contains("serverside-applied (server dry run)").doesNotContain("Warning");
    }

    private static String relative(Path from, String folder) throws IOException {
        return from.toRealPath().relativize(DEPLOY.resolve(folder).toRealPath()).toString();
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Binaries.ofThisUser().program("kubectl"), "--kubeconfig",
                SERVER.kubeconfig().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(told).isTrue();
        assertThat(process.exitValue()).as(told).isZero();
        return told;
    }
}
