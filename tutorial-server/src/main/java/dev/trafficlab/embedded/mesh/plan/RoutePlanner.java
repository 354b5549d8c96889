package dev.trafficlab.embedded.mesh.plan;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Destination;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Outcome;
import dev.trafficlab.embedded.mesh.plan.RoutePlan.Target;
import dev.trafficlab.embedded.mesh.route.Decision;
import dev.trafficlab.embedded.mesh.route.RequestHead;
import dev.trafficlab.embedded.mesh.route.Route;
import dev.trafficlab.embedded.mesh.route.RouteAction;
import dev.trafficlab.embedded.mesh.route.RouteAction.Forward;
import dev.trafficlab.embedded.mesh.route.RouteTable;
import dev.trafficlab.embedded.mesh.route.RouteTable.Listener;
import dev.trafficlab.embedded.mesh.route.RouteTable.Pod;
import dev.trafficlab.embedded.mesh.route.SidecarTable;
import dev.trafficlab.embedded.mesh.route.SidecarTable.Outbound;
import dev.trafficlab.embedded.mesh.route.VirtualHosts;

/**
 * Reads plans off one compilation. A route's plan is made when it is first asked for and kept, so that asking again costs no more than
 * finding the route. Safe for any number of threads.
 */
public final class RoutePlanner {

    private static final double MILLION = 1_000_000;

    private final RouteTable table;
    /** By the route, or the Service's port, itself. Never changed once published: a plan more is a new map. */
    private volatile Map<Object, RoutePlan> known = new IdentityHashMap<>();

    /** A planner by these tables. */
    public RoutePlanner(RouteTable table) {
        this.table = table;
    }

    /** Of a request that enters at a port of the ingress gateway; its path is in normal form. */
    public RoutePlan outside(int port, RequestHead head) {
        Listener listener = table.listeners().get(port);
        if (listener == null) {
            return RoutePlan.ended(Outcome.NOT_LISTENING, 0, table.silence());
        }
        if (!listener.refusal().isEmpty()) {
            return RoutePlan.ended(Outcome.NOT_LISTENING, 0, listener.refusal());
        }
        Decision decision = new Decision();
        return plan(decision, decision.route(listener.hosts(), head, Map.of(), () -> 0), head);
    }

    /** Of a request that a pod sends to the request's authority; its path is in normal form. */
    public RoutePlan inside(String namespace, String name, RequestHead head) {
        Optional<Pod> pod = table.pod(namespace, name);
        SidecarTable services = table.sidecars().get(namespace);
        int nameEnd = VirtualHosts.nameEnd(head.authority());
        String host = head.authority().substring(0, nameEnd).toLowerCase(Locale.ROOT);
        if (pod.isEmpty() || services == null) {
            return RoutePlan.ended(Outcome.NOT_LISTENING, 0, "There is no pod " + name + " in namespace " + namespace
                    + ".");
        }
        Optional<Outbound> outbound = services.resolve(host)
                .flatMap(service -> services.outbound(service, port(head.authority(), nameEnd)));
        if (outbound.isEmpty()) {
            return RoutePlan.ended(Outcome.NOT_LISTENING, 0, "No Service called " + host
                    + " offers this port, seen from namespace " + namespace + ".");
        }
        if (!pod.get().sidecar() || isHidden(services, pod.get(), outbound.get())) {
            return kept(outbound.get(), () -> unrouted(outbound.get()));
        }
        Decision decision = new Decision();
        return plan(decision, decision.route(outbound.get().virtualHost(pod.get().labels()), head, pod.get().labels(),
                () -> 0), head);
    }

    private static int port(String authority, int nameEnd) {
        String text = nameEnd == authority.length() ? "80" : authority.substring(nameEnd + 1);
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    }

    private static boolean isHidden(SidecarTable services, Pod pod, Outbound outbound) {
        return services.scope(pod.labels()).filter(scope -> scope.hidden().contains(outbound.service())).isPresent();
    }

    private RoutePlan plan(Decision decision, Decision.Outcome outcome, RequestHead head) {
        return switch (outcome) {
            case NO_VIRTUAL_HOST -> RoutePlan.ended(Outcome.NO_ROUTE, 404, "No VirtualService is bound to this Gateway "
                    + "for Host " + head.authority() + ".");
            case HTTPS_ONLY -> RoutePlan.ended(Outcome.ANSWERED_BY_RULE, 301, "The Gateway redirects to https.");
            case NO_ROUTE -> RoutePlan.ended(Outcome.NO_ROUTE, 404, "No route takes " + head.method() + " " + head
                    .path() + ".");
            case ROUTED -> kept(decision.route(), () -> of(decision.route()));
        };
    }

    private RoutePlan kept(Object key, Supplier<RoutePlan> maker) {
        RoutePlan plan = known.get(key);
        if (plan == null) {
            plan = maker.get();
            keep(key, plan);
        }
        return plan;
    }

    private synchronized void keep(Object key, RoutePlan plan) {
        Map<Object, RoutePlan> more = new IdentityHashMap<>(known);
        more.put(key, plan);
        known = more;
    }

    private static RoutePlan of(Route route) {
        Route.Origin origin = route.origin();
        String virtualService = origin.namespace().isEmpty() ? "" : origin.name();
        return switch (route.action()) {
            case Forward forward -> new RoutePlan(Outcome.ROUTED, "", 0, virtualService, origin.toString(),
                    destinations(forward), forward.mirrors()
                            .stream()
                            .map(mirror -> destination(mirror.cluster(), mirror.millionths() / MILLION))
                            .toList());
            case RouteAction.Redirect redirect -> new RoutePlan(Outcome.ANSWERED_BY_RULE, "It redirects.", redirect
                    .status(), virtualService, origin.toString(), List.of(), List.of());
            case RouteAction.DirectResponse direct -> new RoutePlan(Outcome.ANSWERED_BY_RULE, "It answers by itself.",
                    direct.status(), virtualService, origin.toString(), List.of(), List.of());
        };
    }

    private static List<Destination> destinations(Forward forward) {
        return forward.destinations()
                .list()
                .stream()
                .map(one -> destination(one.cluster(), (double) one.weight() / forward.destinations().total()))
                .toList();
    }

    private static RoutePlan unrouted(Outbound outbound) {
        return new RoutePlan(Outcome.UNROUTED, "", 0, "", "", List.of(destination(outbound.endpoints(), 1)), List.of());
    }

    private static Destination destination(UpstreamCluster cluster, double share) {
        List<Target> pods = cluster.hosts()
                .hosts()
                .stream()
                .map(host -> new Target(host.endpoint().pod(), host.endpoint().labels()))
                .toList();
        return new Destination(cluster.name().host(), cluster.name().subset(), cluster.config().subsetLabels(), share,
                !cluster.config().balancer().hashes(), pods, cluster.missing());
    }

}
