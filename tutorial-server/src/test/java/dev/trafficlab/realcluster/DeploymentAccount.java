package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The account that {@code manifests/deploy/real-cluster} makes, with the rights and the guard that the folder gives it. */
final class DeploymentAccount {

    static final String NAMESPACE = "traffic-lab-server";
    static final String NAME = "tutorial-server";

    private static final Path RIGHTS = Path.of("..", "manifests", "deploy", "real-cluster", "rights");

    private DeploymentAccount() {}

    /** Applies the folder's rights, and returns a kubeconfig of the account. */
    static Path kubeconfig(RealApiServer server) {
        try (KubernetesClient client = server.client()) {
            for (String namespace : List.of(NAMESPACE, "istio-system")) {
                client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
                        .serverSideApply();
            }
            for (String file : List.of("rbac.yaml", "guard.yaml", "images.yaml")) {
                try (var yaml = Files.newInputStream(RIGHTS.resolve(file))) {
                    client.load(yaml).serverSideApply();
                }
            }
            return server.kubeconfig(NAMESPACE, NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
