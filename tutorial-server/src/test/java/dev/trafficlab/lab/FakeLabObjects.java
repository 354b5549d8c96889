package dev.trafficlab.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** The objects of a lab, written as YAML. */
final class FakeLabObjects implements LabObjects {

    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    final Map<LabKind, Set<String>> names = new HashMap<>();
    final Map<String, String> labels = new HashMap<>();
    final List<Deployment> deployments = new ArrayList<>();
    final List<Pod> pods = new ArrayList<>();
    private final Map<String, DestinationRule> rules = new HashMap<>();
    private final Map<String, VirtualService> services = new HashMap<>();

    FakeLabObjects deployment(String yaml) {
        deployments.add(SERIALIZATION.unmarshal(yaml, Deployment.class));
        return this;
    }

    FakeLabObjects pod(String yaml) {
        pods.add(SERIALIZATION.unmarshal(yaml, Pod.class));
        return this;
    }

    FakeLabObjects destinationRule(String name, String yaml) {
        rules.put(name, SERIALIZATION.unmarshal(yaml, DestinationRule.class));
        return this;
    }

    FakeLabObjects virtualService(String name, String yaml) {
        services.put(name, SERIALIZATION.unmarshal(yaml, VirtualService.class));
        return this;
    }

    @Override
    public Set<String> names(LabKind kind) {
        return names.getOrDefault(kind, Set.of());
    }

    @Override
    public Map<String, String> namespaceLabels() {
        return labels;
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
    public Optional<DestinationRule> destinationRule(String name) {
        return Optional.ofNullable(rules.get(name));
    }

    @Override
    public Optional<VirtualService> virtualService(String name) {
        return Optional.ofNullable(services.get(name));
    }
}
