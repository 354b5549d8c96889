package dev.trafficlab.lab.check;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.course.Experiment;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.lab.kind.LabKind;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Traffic;
import dev.trafficlab.traffic.TrafficReport;

/** A lab for its checks, as the cluster has it at each call. */
public record CheckedClusterLab(Cluster cluster, Traffic traffic, String namespace, Experiment experiment)
        implements
            CheckedLab {

    private static final int LOG_LINES = 500;

    /** All objects of a kind; none where the cluster does not know the kind, as it has no Istio. */
    public static List<GenericKubernetesResource> list(Cluster cluster, LabKind kind, String namespace) {
        try {
            return cluster.client()
                    .genericKubernetesResources(kind.context(cluster))
                    .inNamespace(namespace)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public Set<String> names(String kind) {
        return objects(kind).stream()
                .map(resource -> resource.getMetadata().getName())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<GenericKubernetesResource> objects(String kind) {
        LabKind known = LabKind.named(kind)
                .orElseThrow(() -> new IllegalStateException("A check names the unknown kind " + kind));
        return list(cluster, known, namespace);
    }

    @Override
    public Map<String, String> namespaceLabels() {
        return Optional.ofNullable(cluster.client().namespaces().withName(namespace).get())
                .map(found -> found.getMetadata().getLabels())
                .orElse(Map.of());
    }

    @Override
    public List<Deployment> deployments() {
        return cluster.client().apps().deployments().inNamespace(namespace).list().getItems();
    }

    @Override
    public List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    @Override
    public String log(String pod, String container) {
        try {
            String log = cluster.client()
                    .pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .inContainer(container)
                    .tailingLines(LOG_LINES)
                    .getLog();
            return log == null ? "" : log;
        } catch (KubernetesClientException notYet) {
            if (notYet.getCode() >= 400 && notYet.getCode() < 500) {
                return "";
            }
            throw notYet;
        }
    }

    @Override
    public TrafficReport send(LoadSpec order) {
        return traffic.send(namespace, order);
    }

    @Override
    public TracedAnswer trace(LoadSpec order) {
        return traffic.trace(namespace, order);
    }

    @Override
    public RoutePlan plan(LoadSpec order) {
        return traffic.plan(namespace, order);
    }

    @Override
    public Split split() {
        return traffic.split(namespace);
    }
}
