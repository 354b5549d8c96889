package dev.trafficlab.traffic.tally;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Experiment.InsideClient;
import dev.trafficlab.course.Experiment.Subject;
import dev.trafficlab.course.Experiment.TallyService;
import dev.trafficlab.traffic.tally.VersionCatalog.Version;

/** Finds the experiment's apps among a lab's objects, asked of the cluster each time. */
public final class SubjectReader {

    private final Cluster cluster;

    /** A reader of this cluster's labs. */
    public SubjectReader(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The versions of the subject. */
    public VersionCatalog catalog(String namespace, Experiment experiment) {
        List<Version> versions = cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .flatMap(deployment -> version(deployment, experiment).stream())
                .toList();
        return new VersionCatalog(experiment.subject().label(), versions);
    }

    /** A pod that can be a client inside the mesh: best one of the app that the experiment names, at least none of the subject. */
    public Optional<String> clientPod(String namespace, Experiment experiment) {
        List<Pod> running = cluster.client()
                .pods()
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase()))
                .toList();
        String client = experiment.inside().map(InsideClient::app).orElse("");
        return running.stream()
                .filter(pod -> !client.isEmpty() && app(pod).equals(client))
                .findFirst()
                .or(() -> running.stream().filter(pod -> !isSubject(pod, experiment.subject())).findFirst())
                .or(() -> running.stream().findFirst())
                .map(pod -> pod.getMetadata().getName());
    }

    private static Optional<Version> version(Deployment deployment, Experiment experiment) {
        PodTemplateSpec template = deployment.getSpec().getTemplate();
        Map<String, String> labels = Objects.requireNonNullElse(template.getMetadata().getLabels(), Map.of());
        Subject subject = experiment.subject();
        return container(labels, template.getSpec().getContainers(), subject).map(container -> {
            String version = labels.getOrDefault(subject.label(), "");
            return new Version(version, reported(container, version, experiment), labels, Objects.requireNonNullElse(
                    deployment.getSpec().getReplicas(), 1));
        });
    }

    private static boolean isSubject(Pod pod, Subject subject) {
        Map<String, String> labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.of());
        return container(labels, pod.getSpec().getContainers(), subject).isPresent();
    }

    /** The subject's container, if the pod is one of the subject; whatever registry and tag its image has. */
    private static Optional<Container> container(Map<String, String> labels, List<Container> containers,
            Subject subject) {
        if (!subject.app().isEmpty()) {
            return subject.app().equals(labels.get("app")) ? containers.stream().findFirst() : Optional.empty();
        }
        if (subject.image().isEmpty()) {
            return Optional.empty();
        }
        Pattern image = Pattern.compile("(.*/)?" + Pattern.quote(subject.image()) + "(:[^/]*)?(@.*)?");
        return containers.stream()
                .filter(container -> image.matcher(Objects.requireNonNullElse(container.getImage(), "")).matches())
                .findFirst();
    }

    private static String reported(Container container, String version, Experiment experiment) {
        Optional<TallyService> tally = experiment.tally().filter(service -> !service.variable().isEmpty());
        return tally.map(service -> container.getEnv()
                .stream()
                .filter(variable -> variable.getName().equals(service.variable()))
                .map(variable -> Objects.requireNonNullElse(variable.getValue(), ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(service.unset())).orElse(version);
    }

    private static String app(Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault("app", "");
    }
}
