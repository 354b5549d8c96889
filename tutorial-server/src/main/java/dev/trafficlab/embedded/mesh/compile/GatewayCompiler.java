package dev.trafficlab.embedded.mesh.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.mesh.model.HostNames;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.model.ObjectMeta;
import dev.trafficlab.embedded.mesh.model.PodView;
import dev.trafficlab.embedded.mesh.model.PushContext;
import dev.trafficlab.embedded.mesh.model.ServiceView;
import dev.trafficlab.embedded.mesh.model.VirtualServiceView;
import dev.trafficlab.embedded.mesh.model.Visibility;
import dev.trafficlab.embedded.mesh.route.Route;
import dev.trafficlab.embedded.mesh.route.RouteMatch;
import dev.trafficlab.embedded.mesh.route.RouteTable.Listener;
import dev.trafficlab.embedded.mesh.route.VirtualHost;
import dev.trafficlab.embedded.mesh.route.VirtualHosts;

/** From Gateways and the VirtualServices bound to them to the listeners of the ingress gateway. Istio: model/gateway.go, core/gateway.go. */
final class GatewayCompiler {

    private static final String NAMESPACE = "istio-system";
    private static final String SERVICE = HostNames.ofService("istio-ingressgateway", NAMESPACE);
    private static final Set<String> HTTP = Set.of("HTTP", "HTTP2", "GRPC", "GRPC-WEB", "HTTP_PROXY");

    private static final long STEPS_A_PLACE = 10;

    /** A server of a Gateway that applies to the ingress gateway. */
    private record Server(ObjectMeta gateway, JsonNode spec, int number, String protocol, int boundPort) {

        boolean isHttp() {
            return HTTP.contains(protocol);
        }

        boolean httpsRedirect() {
            return spec.path("tls").path("httpsRedirect").asBoolean();
        }
    }

    /** A rule and the conditions it has by one way; a delegate may be reached by several. */
    private record Reached(Route.Origin origin, RouteMatch match) {}

    /**
     * A VirtualService by the Gateway that it is bound to. Its routes are made once for all servers of the Gateway that share a port of the
     * pod, as they are for the first of them. Istio: core/gateway.go, buildGatewayHTTPRouteConfig.
     */
    private record Bound(String gateway, ObjectMeta virtualService) {}

    /** A virtual host in the making. */
    private static final class Draft {
        private final List<Route> routes = new ArrayList<>();
        private final Set<Reached> reached = new LinkedHashSet<>();
        private boolean httpsOnly;

        void add(List<Route> more) {
            // A rule that comes twice with the same conditions (two Gateways with one host) is never reached a second time.
            more.stream().filter(route -> reached.add(new Reached(route.origin(), route.match()))).forEach(routes::add);
        }

        VirtualHost finish(String domain) {
            List<Route> sorted = Stream.concat(routes.stream().filter(route -> !route.match().isCatchAll()),
                    routes.stream().filter(route -> route.match().isCatchAll())).toList();
            return new VirtualHost(domain, httpsOnly, sorted);
        }
    }

    private final PushContext inventory;
    private final ActionCompiler actions;
    private final PushRefusals findings;

    GatewayCompiler(PushContext inventory, ActionCompiler actions, PushRefusals findings) {
        this.inventory = inventory;
        this.actions = actions;
        this.findings = findings;
    }

    /** The pod of the ingress gateway, if it runs. */
    Optional<PodView> pod() {
        return inventory.service(SERVICE)
                .flatMap(service -> inventory.pods()
                        .stream()
                        .filter(PodView::ready)
                        .filter(pod -> pod.meta().namespace().equals(NAMESPACE) && pod.hasLabels(service.selector()))
                        .findFirst());
    }

    /** The listeners, by the port of the gateway's Service. */
    Map<Integer, Listener> listeners() {
        Map<Integer, Listener> listeners = new LinkedHashMap<>();
        Optional<ServiceView> service = inventory.service(SERVICE);
        Optional<PodView> pod = pod();
        if (service.isEmpty() || pod.isEmpty()) {
            return listeners;
        }
        Map<Integer, List<Server>> byPort = serversByPort(service.get(), pod.get());
        for (ServiceView.Port port : service.get().ports()) {
            int bound = pod.get().port(port.target()).orElse(port.number());
            List<Server> servers = byPort.getOrDefault(bound, List.of());
            if (!servers.isEmpty()) {
                findings.compiling(port.number());
                listeners.put(port.number(), listener(port.number(), bound, servers, pod.get()));
            }
        }
        return listeners;
    }

    /** Why nobody listens, for the learner. */
    String silence() {
        Optional<PodView> pod = pod();
        if (pod.isEmpty()) {
            return "There is no ingress gateway: istio-system has no Service istio-ingressgateway with running pods.";
        }
        List<ObjectNode> gateways = inventory.gateways();
        if (gateways.isEmpty()) {
            return "There is no Gateway yet. Apply one whose selector is istio: ingressgateway.";
        }
        return gateways.stream()
                .filter(gateway -> !selects(gateway, pod.get()))
                .findFirst()
                .map(gateway -> "The selector (" + selector(gateway) + ") of Gateway " + ObjectMeta.of(gateway).name()
                        + " does not match the labels of the ingress gateway.")
                .orElse("No server of a Gateway opens this port.");
    }

    private static String selector(ObjectNode gateway) {
        return Json.textMap(gateway.path("spec").path("selector"))
                .entrySet()
                .stream()
                .map(label -> label.getKey() + ": " + label.getValue())
                .collect(Collectors.joining(", "));
    }

    private static boolean selects(ObjectNode gateway, PodView pod) {
        return pod.hasLabels(Json.textMap(gateway.path("spec").path("selector")));
    }

    private Map<Integer, List<Server>> serversByPort(ServiceView service, PodView pod) {
        Map<Integer, List<Server>> byPort = new LinkedHashMap<>();
        for (ObjectNode gateway : inventory.gateways()) {
            if (selects(gateway, pod)) {
                for (JsonNode spec : gateway.path("spec").path("servers")) {
                    Server server = server(ObjectMeta.of(gateway), spec, service, pod);
                    List<Server> others = byPort.computeIfAbsent(server.boundPort(), _ -> new ArrayList<>());
                    if (others.isEmpty() || others.getFirst().isHttp() && server.isHttp()) {
                        others.add(server);
                    }
                    tell(server);
                }
            }
        }
        return byPort;
    }

    private static Server server(ObjectMeta gateway, JsonNode spec, ServiceView service, PodView pod) {
        int number = spec.path("port").path("number").asInt();
        int bound = service.port(number).map(port -> pod.port(port.target()).orElse(number)).orElse(number);
        return new Server(gateway, spec, number,
                Json.text(spec.path("port"), "protocol").toUpperCase(Locale.ROOT), bound);
    }

    private void tell(Server server) {
        if (!server.isHttp()) {
            findings.notSupported(server.gateway(), "Servers of protocol " + server.protocol()
                    + " are not supported: nobody listens on port " + server.number() + ".");
        }
    }

    private Listener listener(int port, int bound, List<Server> servers, PodView pod) {
        List<String> names = servers.stream().map(server -> server.gateway().key()).distinct().toList();
        Server first = servers.getFirst();
        if (!first.isHttp()) {
            String refusal = "Port " + port + " belongs to the " + first.protocol() + " server of Gateway "
                    + first.gateway().name() + ", which has no routes; HTTP servers on the same port are ignored.";
            return new Listener(port, bound, names, refusal, new VirtualHosts(List.of()), List.of());
        }
        Map<String, List<String>> opened = new LinkedHashMap<>();
        servers.forEach(server -> opened.computeIfAbsent(server.gateway().key(), _ -> new ArrayList<>())
                .addAll(Json.texts(server.spec(), "hosts")));
        return new Listener(port, bound, names, "", new VirtualHosts(virtualHosts(servers, pod)),
                new NearMisses(inventory, opened).all());
    }

    private List<VirtualHost> virtualHosts(List<Server> servers, PodView pod) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        Map<Bound, List<Route>> compiled = new HashMap<>();
        for (Server server : servers) {
            String gateway = server.gateway().key();
            List<String> hosts = Json.texts(server.spec(), "hosts");
            RouteCompiler compiler = new RouteCompiler(new RouteCompiler.Audience(NAMESPACE, pod.labels(), gateway),
                    server.number(), actions, findings);
            for (VirtualServiceView info : bound(gateway)) {
                if (!actions.budget().take(info.meta(), (long) hosts.size() * info.hosts().size())) {
                    continue;
                }
                List<String> open = HostNames.openTo(hosts, server.gateway().namespace(), info.meta().namespace());
                Set<String> common = HostNames.intersection(open, info.hosts());
                List<Route> routes = common.isEmpty()
                        ? List.of()
                        : compiled.computeIfAbsent(new Bound(gateway, info.meta()), _ -> compiler.compile(info));
                if (!routes.isEmpty()
                        && actions.budget().take(info.meta(), STEPS_A_PLACE * routes.size() * common.size())) {
                    common.forEach(host -> draft(drafts, host, server).add(routes));
                }
            }
            if (server.httpsRedirect()) {
                redirected(hosts).forEach(host -> draft(drafts, host, server));
            }
        }
        return drafts.entrySet().stream().map(entry -> entry.getValue().finish(entry.getKey())).toList();
    }

    /**
     * Hosts that redirect although no VirtualService is bound to them. Istio takes these names as they stand, so one that is open to
     * certain namespaces only is no name that a client sends. Istio: core/gateway.go, model/gateway.go.
     */
    private static List<String> redirected(List<String> hosts) {
        if (hosts.contains("*/*")) {
            return List.of("*");
        }
        return hosts.stream()
                .map(host -> host.startsWith("*/") ? host.substring(2) : host)
                .filter(host -> host.indexOf('/') < 0)
                .toList();
    }

    private static Draft draft(Map<String, Draft> drafts, String host, Server server) {
        Draft draft = drafts.computeIfAbsent(host.toLowerCase(Locale.ROOT), _ -> new Draft());
        draft.httpsOnly |= server.httpsRedirect();
        return draft;
    }

    /** VirtualServices that name the Gateway and are seen by it: private ones first, then oldest first. */
    private List<VirtualServiceView> bound(String gateway) {
        return inventory.virtualServices()
                .stream()
                .filter(info -> info.gateways().contains(gateway))
                .filter(info -> info.isVisibleTo(NAMESPACE))
                .sorted((a, b) -> Visibility.rank(a.exportTo()) - Visibility.rank(b.exportTo()))
                .toList();
    }
}
