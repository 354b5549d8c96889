package dev.trafficlab.traffic;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.IstioObjects;

/** What a lab's objects say about its traffic, asked of the cluster each time. */
final class TrafficObjects {

    private final Cluster cluster;
    private final IstioObjects istio;

    TrafficObjects(Cluster cluster) {
        this.cluster = cluster;
        this.istio = new IstioObjects(cluster);
    }

    /** The lab's colours with the shares that its routes want. */
    VersionCatalog palette(String namespace) {
        List<ColorDeployment> deployments = client().apps()
                .deployments()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .map(ColorDeployment::of)
                .flatMap(Optional::stream)
                .toList();
        if (deployments.isEmpty()) {
            return new VersionCatalog(List.of());
        }
        Map<String, Double> shares = new WantedShares(hosts(namespace, deployments), deployments,
                istio.list(DestinationRule.class, namespace)).of(istio.list(VirtualService.class, namespace));
        return new VersionCatalog(deployments.stream()
                .map(deployment -> new VersionCatalog.Version(deployment.color(), deployment
                        .version(),
                        weight(shares, deployment.name())))
                .toList());
    }

    /** A pod that can be a client inside the mesh: best the logger's page, at least none of colors itself. */
    Optional<String> clientPod(String namespace) {
        List<Pod> running = client().pods()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase()))
                .toList();
        return running.stream()
                .filter(pod -> app(pod).equals("logger-frontend"))
                .findFirst()
                .or(() -> running.stream().filter(pod -> !app(pod).equals("colors")).findFirst())
                .map(pod -> pod.getMetadata().getName());
    }

    private Set<String> hosts(String namespace, List<ColorDeployment> deployments) {
        Set<String> hosts = new HashSet<>();
        for (Service service : client().services().inNamespace(namespace).list().getItems()) {
            Map<String, String> selector = service.getSpec().getSelector();
            if (selector != null && !selector.isEmpty() && deployments.stream()
                    .anyMatch(app -> app.matches(selector))) {
                String name = service.getMetadata().getName();
                hosts.add(name);
                hosts.add(name + "." + namespace + ".svc.cluster.local");
            }
        }
        return hosts;
    }

    private static OptionalDouble weight(Map<String, Double> shares, String deployment) {
        Double share = shares.get(deployment);
        return share == null ? OptionalDouble.empty() : OptionalDouble.of(share);
    }

    private static String app(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault("app", "");
    }

    private KubernetesClient client() {
        return cluster.client();
    }
}
