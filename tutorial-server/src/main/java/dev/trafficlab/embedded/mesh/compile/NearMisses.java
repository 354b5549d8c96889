package dev.trafficlab.embedded.mesh.compile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trafficlab.embedded.mesh.model.HostNames;
import dev.trafficlab.embedded.mesh.model.ObjectMeta;
import dev.trafficlab.embedded.mesh.model.PushContext;
import dev.trafficlab.embedded.mesh.model.VirtualServiceView;
import dev.trafficlab.embedded.mesh.route.RouteTable.NearMiss;

/** Why VirtualServices that a learner may have meant do not answer at a port of the ingress gateway. */
final class NearMisses {

    private static final String NAMESPACE = "istio-system";
    private static final int MOST = 20;

    private final PushContext inventory;
    private final Map<String, List<String>> opened;

    /** @param opened the hosts of the Gateways that opened the port, by {@code namespace/name} */
    NearMisses(PushContext inventory, Map<String, List<String>> opened) {
        this.inventory = inventory;
        this.opened = opened;
    }

    /** One for each VirtualService, the oldest first. */
    List<NearMiss> all() {
        return inventory.virtualServices().stream().limit(MOST).map(this::of).toList();
    }

    private NearMiss of(VirtualServiceView info) {
        String name = "VirtualService " + info.meta().name();
        Optional<String> unbound = unbound(info);
        return new NearMiss(name + unbound.orElseGet(() -> " answers for the hosts " + info.hosts() + " alone."),
                unbound
                        .isEmpty());
    }

    /** Why no request gets to it by this port, if so. */
    private Optional<String> unbound(VirtualServiceView info) {
        List<String> gateways = info.gateways().stream().filter(name -> !name.equals("mesh")).toList();
        if (gateways.isEmpty()) {
            return Optional.of(" names no Gateway, so it rules calls between pods alone.");
        }
        if (!info.isVisibleTo(NAMESPACE)) {
            return Optional.of(" is exported to " + info.exportTo() + " alone, which leaves out the ingress gateway in "
                    + NAMESPACE + ".");
        }
        List<String> bound = gateways.stream().filter(opened::containsKey).toList();
        if (bound.isEmpty()) {
            return Optional.of(" is bound to Gateway " + gateways.getFirst() + missing(gateways.getFirst()));
        }
        boolean common = bound.stream()
                .anyMatch(gateway -> !HostNames.intersection(open(gateway, info), info.hosts())
                        .isEmpty());
        return common ? Optional.empty()
                : Optional.of(" is for the hosts " + info.hosts() + ", and Gateway " + bound.getFirst() + " lets only "
                        + opened.get(bound.getFirst()) + " in.");
    }

    private List<String> open(String gateway, VirtualServiceView info) {
        return HostNames.openTo(opened.get(gateway), gateway.substring(0, gateway.indexOf('/')), info.meta()
                .namespace());
    }

    private String missing(String gateway) {
        List<String> all = inventory.gateways().stream().map(object -> ObjectMeta.of(object).key()).toList();
        return all.contains(gateway)
                ? ", which does not open this port, or selects other pods."
                : ", which does not exist; there is " + String.join(", ", all) + ".";
    }
}
