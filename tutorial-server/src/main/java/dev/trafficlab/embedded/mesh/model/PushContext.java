package dev.trafficlab.embedded.mesh.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** All objects, sorted by kind and read as far as every proxy needs them. */
public final class PushContext {

    private final List<PodView> pods = new ArrayList<>();
    private final Map<String, ServiceView> services = new LinkedHashMap<>();
    private final List<ObjectNode> gateways = new ArrayList<>();
    private final List<VirtualServiceView> virtualServices;
    private final DestinationRules destinationRules;
    private final List<SidecarView> sidecars = new ArrayList<>();

    public PushContext(Collection<ObjectNode> objects, CompileBudget budget, UnsupportedReport findings) {
        List<VirtualServiceView> written = new ArrayList<>();
        List<JsonNode> rules = new ArrayList<>();
        for (ObjectNode object : objects) {
            switch (Json.text(object, "kind")) {
                case "Pod" -> pods.add(PodView.of(object));
                case "Service" -> {
                    add(ServiceView.of(object));
                    tellExternal(object, findings);
                }
                case "Gateway" -> gateways.add(object);
                case "VirtualService" -> written.add(VirtualServiceView.of(object));
                case "DestinationRule" -> rules.add(object);
                case "ServiceEntry" -> ServiceEntries.read(object, findings).forEach(this::add);
                case "Sidecar" -> sidecars.add(SidecarView.of(object, findings));
                default -> {
                }
            }
            tellTcp(object, findings);
        }
        pods.sort(Comparator.comparing((PodView pod) -> pod.meta().namespace())
                .thenComparing(pod -> pod.meta()
                        .name()));
        gateways.sort((a, b) -> ObjectMeta.BY_AGE.compare(ObjectMeta.of(a), ObjectMeta.of(b)));
        sidecars.sort((a, b) -> ObjectMeta.BY_AGE.compare(a.meta(), b.meta()));
        virtualServices = Delegates.merge(written, budget);
        destinationRules = new DestinationRules(rules, findings);
        for (JsonNode rule : rules) {
            TrafficPolicy.tell(ObjectMeta.of(rule), rule.path("spec").path("trafficPolicy"), "spec.trafficPolicy",
                    findings);
            rule.path("spec")
                    .path("subsets")
                    .forEach(subset -> TrafficPolicy.tell(ObjectMeta.of(rule),
                            subset.path("trafficPolicy"), "spec.subsets.trafficPolicy", findings));
        }
    }

    private void add(ServiceView service) {
        services.putIfAbsent(service.host(), service);
    }

    private static void tellExternal(ObjectNode service, UnsupportedReport findings) {
        if (Json.text(service.path("spec"), "type").equals("ExternalName")) {
            findings.notSupported(ObjectMeta.of(service),
                    "Services of type ExternalName are not supported: nothing outside the cluster is ever reached.");
        }
    }

    private static void tellTcp(ObjectNode object, UnsupportedReport findings) {
        for (String field : List.of("tcp", "tls")) {
            if (Json.text(object, "kind").equals("VirtualService") && Json.has(object.path("spec"), field)) {
                findings.notSupported(ObjectMeta.of(object),
                        "spec." + field + " is not supported: this lab routes HTTP only, and leaves these rules out.");
            }
        }
    }

    public List<PodView> pods() {
        return pods;
    }

    public Collection<ServiceView> services() {
        return services.values();
    }

    public Optional<ServiceView> service(String host) {
        return Optional.ofNullable(services.get(host));
    }

    /** Oldest first. */
    public List<ObjectNode> gateways() {
        return gateways;
    }

    /** Those with hosts, delegates merged in, oldest first. */
    public List<VirtualServiceView> virtualServices() {
        return virtualServices;
    }

    public DestinationRules destinationRules() {
        return destinationRules;
    }

    /** Oldest first. */
    public List<SidecarView> sidecars() {
        return sidecars;
    }
}
