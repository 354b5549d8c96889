package dev.trafficlab.embedded.mesh.compile;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.mesh.model.CompileBudget;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.model.PushContext;
import dev.trafficlab.embedded.mesh.model.UnsupportedReport;

/**
 * The Gateways and VirtualServices whose routes a proxy took last, by port: the routes of a port are one table, which Envoy takes or refuses
 * as a whole. A port whose routes were all refused so far is not among them.
 */
record TakenRules(Map<Integer, List<ObjectNode>> byPort) {

    static final TakenRules NONE = new TakenRules(Map.of());

    private static final UnsupportedReport SILENT = (_, _, _, _) -> {};

    TakenRules {
        byPort = Map.copyOf(byPort);
    }

    /** What the proxy has taken once the objects were pushed to it. */
    TakenRules after(Collection<ObjectNode> objects, Set<Integer> ports, PushRefusals refusals) {
        List<ObjectNode> rules = objects.stream().filter(TakenRules::isRule).toList();
        Map<Integer, List<ObjectNode>> taken = new HashMap<>();
        for (int port : ports) {
            Optional.ofNullable(refusals.of(port) ? byPort.get(port) : rules).ifPresent(rule -> taken.put(port, rule));
        }
        return new TakenRules(taken);
    }

    /** The objects of now with the port's rules of then; without any route where none was ever taken. */
    PushContext earlier(int port, Collection<ObjectNode> objects) {
        Stream<ObjectNode> then = Optional.ofNullable(byPort.get(port))
                .map(List::stream)
                .orElseGet(() -> objects.stream().filter(object -> isKind(object, "Gateway")));
        List<ObjectNode> mixed = Stream.concat(objects.stream().filter(object -> !isRule(object)), then).toList();
        return new PushContext(mixed, new CompileBudget(SILENT), SILENT);
    }

    private static boolean isRule(ObjectNode object) {
        return isKind(object, "Gateway") || isKind(object, "VirtualService");
    }

    private static boolean isKind(ObjectNode object, String kind) {
        return Json.text(object, "kind").equals(kind);
    }
}
