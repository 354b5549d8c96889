package dev.trafficlab.lab.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.trafficlab.course.Experiment;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.TrafficReport;

/** A lab whose objects are written as YAML, and which answers as it was told to. */
final class FakeCheckedLab implements CheckedLab {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    final Map<String, String> labels = new HashMap<>();
    final List<LoadSpec> orders = new ArrayList<>();
    final Map<String, String> logs = new HashMap<>();
    private final List<GenericKubernetesResource> objects = new ArrayList<>();
    private final List<Deployment> deployments = new ArrayList<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<TrafficReport> reports = new ArrayList<>();
    private TracedAnswer answer = new TracedAnswer(new MeshAnswer.ConnectionRefused("Nobody listens."),
            new RoutingTrace(List.of()));
    private RoutePlan plan = RoutePlan.unsent("nothing is there");
    private Split split = new Split(0, List.of(), Optional.empty(), OptionalDouble.empty());

    FakeCheckedLab object(String kind, String yaml) {
        GenericKubernetesResource object = YAML.unmarshal(yaml, GenericKubernetesResource.class);
        object.setKind(kind);
        objects.add(object);
        return this;
    }

    FakeCheckedLab deployment(String yaml) {
        deployments.add(YAML.unmarshal(yaml, Deployment.class));
        return this;
    }

    FakeCheckedLab pod(String yaml) {
        pods.add(YAML.unmarshal(yaml, Pod.class));
        return this;
    }

    /** The next orders are answered so, the last one for good. */
    FakeCheckedLab answering(String status, Map<String, Integer> versions) {
        int sum = versions.values().stream().mapToInt(Integer::intValue).sum();
        reports.add(new TrafficReport(sum, new TreeMap<>(Map.of(status, sum)), new TreeMap<>(versions)));
        return this;
    }

    FakeCheckedLab traced(AppResponse response, String version, RoutingTrace.Stage... stages) {
        answer = new TracedAnswer(new MeshAnswer.Answered(response, List.of(), version.isEmpty() ? Optional.empty()
                : Optional.of(new MeshAnswer.Upstream("lab", "shop-1", "10.0.0.1:80", Map.of("version", version)))),
                new RoutingTrace(List.of(stages)));
        return this;
    }

    FakeCheckedLab planned(RoutePlan newPlan) {
        plan = newPlan;
        return this;
    }

    FakeCheckedLab counted(Map<String, Long> versions, Split.Seen seen) {
        long total = versions.values().stream().mapToLong(Long::longValue).sum();
        List<Split.Share> shares = new TreeMap<>(versions).entrySet()
                .stream()
                .map(entry -> new Split.Share("color-" + entry.getKey(), entry.getKey(), entry.getValue(), 100.0 * entry
                        .getValue() / total, 0, 100, OptionalInt.empty()))
                .toList();
        split = new Split(total, shares, Optional.empty(), OptionalDouble.empty(), 0, seen, Map.of());
        return this;
    }

    @Override
    public Experiment experiment() {
        return Experiment.NONE;
    }

    @Override
    public Map<String, String> namespaceLabels() {
        return labels;
    }

    @Override
    public Set<String> names(String kind) {
        return objects(kind).stream().map(object -> object.getMetadata().getName()).collect(Collectors.toSet());
    }

    @Override
    public List<GenericKubernetesResource> objects(String kind) {
        return objects.stream().filter(object -> object.getKind().equals(kind)).toList();
    }

    @Override
    public List<Deployment> deployments() {
        return deployments;
    }

    @Override
    public List<Pod> pods() {
        return pods;
    }

    @Override
    public String log(String pod, String container) {
        return logs.getOrDefault(pod + "/" + container, "");
    }

    @Override
    public TrafficReport send(LoadSpec order) {
        orders.add(order);
        return reports.size() > 1 ? reports.removeFirst() : reports.getFirst();
    }

    @Override
    public TracedAnswer trace(LoadSpec order) {
        orders.add(order);
        return answer;
    }

    @Override
    public RoutePlan plan(LoadSpec order) {
        orders.add(order);
        return plan;
    }

    @Override
    public Split split() {
        return split;
    }
}
