package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * A real control plane: etcd, kube-apiserver and kube-controller-manager as processes of their own, with Istio's custom resource
 * definitions installed. Deployments become ReplicaSets and Pods, deleted namespaces are really finalized; there is no kubelet, so
 * Pods stay Pending unless a {@link LoopbackKubelet} runs them.
 *
 * <p>The API server can be stopped and started again on the same port, with everything kept, as often as a test likes.
 */
public final class RealApiServer implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Binaries binaries;
    private final Path folder;
    private final Credentials credentials;
    private final PodTunnel tunnel;
    private final Program etcd;
    private final int etcdPort = Ports.free();
    private final int port = Ports.free();
    private final Path kubeconfig;
    private Optional<Program> apiServer = Optional.empty();
    private Optional<Program> controllers = Optional.empty();

    private RealApiServer(Binaries binaries, Path folder) {
        this.binaries = binaries;
        this.folder = folder;
        this.credentials = Credentials.create(folder);
        this.tunnel = PodTunnel.open(folder.resolve("tunnel.sock"));
        this.kubeconfig = credentials.kubeconfig("administrator", address(), "default", credentials.administrator());
        this.etcd = Program.start(folder.resolve("etcd.log"), ControlPlaneFlags.etcd(binaries, folder, etcdPort));
    }

    /** The one of this JVM, started when it is first asked for; tests keep apart by their namespaces. */
    public static RealApiServer shared() {
        return Shared.SERVER;
    }

    /** Starts one that nobody else uses. */
    public static RealApiServer start() {
        try {
            RealApiServer server = new RealApiServer(Binaries.ofThisUser(), Files.createTempDirectory("real-cluster"));
            server.startApiServer();
            server.startControllers();
            server.installIstioDefinitions();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the API server, or starts it again, and returns when it is ready. */
    public void startApiServer() {
        Program started = Program.start(folder.resolve("kube-apiserver.log"),
                ControlPlaneFlags.apiServer(binaries, credentials, tunnel, etcdPort, port));
        apiServer = Optional.of(started);
        await().atMost(LONGEST_START).ignoreExceptions().failFast(started::requireAlive).until(this::ready);
    }

    /** Ends the API server as a crash would. etcd and the controllers go on. */
    public void stopApiServer() {
        apiServer.ifPresent(Program::close);
        apiServer = Optional.empty();
    }

    /** Where it listens, whether or not it runs just now. */
    public URI address() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** A kubeconfig file with every right, context {@code real}. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** A kubeconfig file with the rights of the service account, which is made if need be and has none unless somebody binds a role. */
    public Path kubeconfig(String namespace, String serviceAccount) {
        try (KubernetesClient client = client()) {
            var account = new ServiceAccountBuilder().withNewMetadata()
                    .withNamespace(namespace)
                    .withName(serviceAccount)
                    .endMetadata()
                    .build();
            client.resource(account).serverSideApply();
            String token = client.serviceAccounts()
                    .inNamespace(namespace)
                    .withName(serviceAccount)
                    .tokenRequest()
                    .getStatus()
                    .getToken();
            return credentials.kubeconfig(namespace + "." + serviceAccount, address(), namespace, token);
        }
    }

    /** The bearer token with every right, for calls without a client. */
    public String token() {
        return credentials.administrator();
    }

    /** A new client with every right; the caller closes it. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build();
    }

    /** The way from the API server to the pods. */
    PodTunnel tunnel() {
        return tunnel;
    }

    /** Where its files and logs are, until it is closed. */
    Path folder() {
        return folder;
    }

    private boolean ready() {
        try (KubernetesClient client = client()) {
            return "ok".equals(client.raw("/readyz")) && client.namespaces().withName("default").get() != null;
        }
    }

    private void startControllers() {
        controllers = Optional.of(Program.start(folder.resolve("kube-controller-manager.log"),
                ControlPlaneFlags.controllers(binaries, credentials, kubeconfig)));
        try (KubernetesClient client = client()) {
            await("the first ServiceAccount").atMost(LONGEST_START)
                    .until(() -> client.serviceAccounts()
                            .inNamespace("default")
                            .withName("default")
                            .get() != null);
        }
    }

    private void installIstioDefinitions() throws IOException {
        try (KubernetesClient client = client(); var yaml = Files.newInputStream(binaries.istioDefinitions())) {
            client.load(yaml).serverSideApply();
            await("Istio's definitions").atMost(LONGEST_START)
                    .until(() -> client.apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .list()
                            .getItems()
                            .stream()
                            .allMatch(RealApiServer::established));
        }
    }

    private static boolean established(CustomResourceDefinition definition) {
        return definition.getStatus() != null && definition.getStatus()
                .getConditions()
                .stream()
                .anyMatch(condition -> condition.getType().equals("Established")
                        && condition.getStatus().equals("True"));
    }

    @Override
    public void close() {
        controllers.ifPresent(Program::close);
        stopApiServer();
        etcd.close();
        tunnel.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    private static final class Shared {
        static final RealApiServer SERVER = untilExit();

        private static RealApiServer untilExit() {
            RealApiServer server = start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end of the real API server"));
            return server;
        }
    }
}
