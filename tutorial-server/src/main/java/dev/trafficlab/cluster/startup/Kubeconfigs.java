package dev.trafficlab.cluster.startup;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.Config;

/** Finds the kubeconfig that is meant before a client is made of it: fabric8 would go on with an address of its own. */
public final class Kubeconfigs {

    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    private static final String SETTING = "tutorial.kubeconfig.file";

    private Kubeconfigs() {}

    /** The file that a setting names; it must be there. */
    public static File require(String name) {
        File file = new File(name);
        if (!file.isFile() || !file.canRead()) {
            throw new KubeconfigException("The kubeconfig " + file.getAbsolutePath()
                    + " does not exist or cannot be read.",
                    "Correct " + SETTING + ", or leave it out to use what kubectl uses.");
        }
        return file;
    }

    /** Requires that kubectl would find a kubeconfig, or that this is a pod with an account. */
    public static void requireAny(Map<String, String> environment, Path home) {
        if (System.getProperty("kubeconfig") != null || ACCOUNT.toFile().isFile()
                || environment.containsKey("KUBERNETES_MASTER")) {
            return;
        }
        String listed = environment.getOrDefault("KUBECONFIG", "");
        List<File> files = (listed.isEmpty() ? Stream.of(home.resolve(".kube/config").toFile())
                : Stream.of(listed.split(File.pathSeparator)).map(File::new)).filter(File::isFile).toList();
        if (files.isEmpty()) {
            throw new KubeconfigException("There is no kubeconfig, although tutorial.cluster=kubeconfig asks for one.",
                    "Name one with --" + SETTING + "=… or the environment variable KUBECONFIG, or leave out "
                            + "tutorial.cluster to use the embedded cluster.");
        }
        files.forEach(file -> parse(() -> Config.fromKubeconfig(file)));
    }

    /** Reads a kubeconfig; one that is none ends the start. */
    public static Config parse(Supplier<Config> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            // fabric8 passes on whatever its YAML parser throws
            throw new KubeconfigException("The kubeconfig cannot be understood: " + firstLine(e) + ".",
                    "Check it with: kubectl config view");
        }
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").replaceAll("[.:]$", "");
    }
}
