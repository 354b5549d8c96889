package dev.trafficlab.embedded.mesh.compile;

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
final class Inventory {

    private final List<PodInfo> pods = new ArrayList<>();
    private final Map<String, ServiceInfo> services = new LinkedHashMap<>();
    private final List<ObjectNode> gateways = new ArrayList<>();
    private final List<VirtualServiceInfo> virtualServices;
    private final DestinationRules destinationRules;
    private final List<SidecarInfo> sidecars = new ArrayList<>();

    Inventory(Collection<ObjectNode> objects, Findings findings) {
        List<VirtualServiceInfo> written = new ArrayList<>();
        List<JsonNode> rules = new ArrayList<>();
        for (ObjectNode object : objects) {
            switch (Json.text(object, "kind")) {
                case "Pod" -> pods.add(PodInfo.of(object));
                case "Service" -> {
                    add(ServiceInfo.of(object));
                    tellExternal(object, findings);
                }
                case "Gateway" -> gateways.add(object);
                case "VirtualService" -> written.add(VirtualServiceInfo.of(object));
                case "DestinationRule" -> rules.add(object);
                case "ServiceEntry" -> ServiceEntries.read(object, findings).forEach(this::add);
                case "Sidecar" -> sidecars.add(SidecarInfo.of(object, findings));
                default -> {
                }
            }
            tellTcp(object, findings);
        }
        pods.sort(Comparator.comparing((PodInfo pod) -> pod.meta().namespace()).thenComparing(pod -> pod.meta()
                .name()));
        gateways.sort((a, b) -> Meta.BY_AGE.compare(Meta.of(a), Meta.of(b)));
        sidecars.sort((a, b) -> Meta.BY_AGE.compare(a.meta(), b.meta()));
        virtualServices = Delegates.merge(written);
        destinationRules = new DestinationRules(rules, findings);
        for (JsonNode rule : rules) {
            TrafficPolicy.tell(Meta.of(rule), rule.path("spec").path("trafficPolicy"), "spec.trafficPolicy", findings);
            rule.path("spec").path("subsets").forEach(subset -> TrafficPolicy.tell(Meta.of(rule),
                    subset.path("trafficPolicy"), "spec.subsets.trafficPolicy", findings));
        }
    }

    private void add(ServiceInfo service) {
        services.putIfAbsent(service.host(), service);
    }

    private static void tellExternal(ObjectNode service, Findings findings) {
        if (Json.text(service.path("spec"), "type").equals("ExternalName")) {
            findings.notSupported(Meta.of(service),
                    "Services of type ExternalName are not supported: nothing outside the cluster is ever reached.");
        }
    }

    private static void tellTcp(ObjectNode object, Findings findings) {
        for (String field : List.of("tcp", "tls")) {
            if (Json.text(object, "kind").equals("VirtualService") && Json.has(object.path("spec"), field)) {
                findings.notSupported(Meta.of(object),
                        "spec." + field + " is not supported: this lab routes HTTP only, and leaves these rules out.");
            }
        }
    }

    List<PodInfo> pods() {
        return pods;
    }

    Collection<ServiceInfo> services() {
        return services.values();
    }

    Optional<ServiceInfo> service(String host) {
        return Optional.ofNullable(services.get(host));
    }

    /** Oldest first. */
    List<ObjectNode> gateways() {
        return gateways;
    }

    /** Those with hosts, delegates merged in, oldest first. */
    List<VirtualServiceInfo> virtualServices() {
        return virtualServices;
    }

    DestinationRules destinationRules() {
        return destinationRules;
    }

    /** Oldest first. */
    List<SidecarInfo> sidecars() {
        return sidecars;
    }
}
