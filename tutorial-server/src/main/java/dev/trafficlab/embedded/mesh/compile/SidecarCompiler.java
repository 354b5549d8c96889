package dev.trafficlab.embedded.mesh.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.model.HostNames;
import dev.trafficlab.embedded.mesh.model.PushContext;
import dev.trafficlab.embedded.mesh.model.ServiceView;
import dev.trafficlab.embedded.mesh.model.SidecarView;
import dev.trafficlab.embedded.mesh.model.VirtualServiceView;
import dev.trafficlab.embedded.mesh.route.HashPolicy;
import dev.trafficlab.embedded.mesh.route.HeaderOps;
import dev.trafficlab.embedded.mesh.route.Route;
import dev.trafficlab.embedded.mesh.route.RouteAction;
import dev.trafficlab.embedded.mesh.route.RouteMatch;
import dev.trafficlab.embedded.mesh.route.SidecarTable;
import dev.trafficlab.embedded.mesh.route.SidecarTable.Outbound;
import dev.trafficlab.embedded.mesh.route.VirtualHost;
import dev.trafficlab.embedded.mesh.route.WeightedClusters;
import dev.trafficlab.embedded.mesh.route.WeightedClusters.Destination;

/** From Services and the VirtualServices of the gateway {@code mesh} to what the pods of one namespace reach. Istio: core/route/route.go. */
final class SidecarCompiler {

    private static final int STEPS_A_PORT = 50;

    private final PushContext inventory;
    private final String namespace;
    private final ClusterCatalog clusters;
    private final FilterCompiler filters;
    private final ActionCompiler actions;
    private final PushRefusals findings;

    SidecarCompiler(PushContext inventory, String namespace, ClusterCatalog clusters, FilterCompiler filters,
            PushRefusals findings) {
        this.inventory = inventory;
        this.namespace = namespace;
        this.clusters = clusters;
        this.filters = filters;
        this.findings = findings;
        this.actions = new ActionCompiler(clusters, filters, findings);
    }

    SidecarTable compile() {
        List<VirtualServiceView> virtualServices = inventory.virtualServices()
                .stream()
                .filter(info -> info.gateways().contains("mesh") && info.isVisibleTo(namespace))
                .toList();
        Map<String, Outbound> services = new HashMap<>();
        Map<String, String> hosts = new HashMap<>();
        for (ServiceView service : inventory.services()) {
            hosts.put(service.host(), service.host());
            service.addresses()
                    .stream()
                    .filter(address -> address.contains(".") || address.contains(":"))
                    .forEach(address -> hosts.putIfAbsent(address, service.host()));
            for (ServiceView.Port port : service.ports()) {
                if (!clusters.budget().take(service.meta(), STEPS_A_PORT)) {
                    break;
                }
                findings.compiling(port.number());
                services.put(service.host() + ":" + port.number(), outbound(service, port, virtualServices));
            }
        }
        return new SidecarTable(namespace, services, hosts, scopes());
    }

    /** Sidecar objects with a selector first, then the namespace's own, then the mesh's. */
    private List<SidecarTable.Scope> scopes() {
        return inventory.sidecars()
                .stream()
                .filter(sidecar -> sidecar.appliesTo(namespace))
                .filter(sidecar -> clusters.budget()
                        .take(sidecar.meta(), (long) inventory.services().size() * sidecar.egressHosts().size()))
                .sorted(Comparator.comparing((SidecarView sidecar) -> sidecar.selector().isEmpty())
                        .thenComparing(sidecar -> !sidecar.meta().namespace().equals(namespace)))
                .map(sidecar -> new SidecarTable.Scope(sidecar.meta().name(), sidecar.selector(),
                        inventory.services()
                                .stream()
                                .filter(service -> !sidecar.knows(service, namespace))
                                .map(ServiceView::host)
                                .collect(Collectors.toUnmodifiableSet()),
                        sidecar.registryOnly()))
                .toList();
    }

    private Outbound outbound(ServiceView service, ServiceView.Port port, List<VirtualServiceView> virtualServices) {
        UpstreamCluster whole = clusters.of(new UpstreamCluster.Name(service.host(), port.number(), ""));
        List<VirtualHost> hosts = new ArrayList<>();
        if (port.http()) {
            speakers(service, port, virtualServices)
                    .forEach(routes -> hosts.add(new VirtualHost(service.host(), false, routes)));
        }
        hosts.add(new VirtualHost(service.host(), false, List.of(ownRoute(service, port, whole))));
        return new Outbound(service.host(), hosts, whole);
    }

    /** The routes of the VirtualServices that name the Service: by its exact name first, then by the longest wildcard. */
    private Stream<List<Route>> speakers(ServiceView service, ServiceView.Port port,
            List<VirtualServiceView> virtualServices) {
        RouteCompiler compiler = new RouteCompiler(new RouteCompiler.Audience(namespace, Map.of(), "mesh"),
                port.number(), actions, findings);
        Comparator<VirtualServiceView> byFit = Comparator
                .comparing((VirtualServiceView info) -> info.hosts().contains(service.host()))
                .thenComparing(info -> longestHost(info, service.host()));
        return virtualServices.stream()
                .filter(info -> clusters.budget().take(info.meta(), info.hosts().size()))
                .filter(info -> covering(info, service.host()).findAny().isPresent())
                .sorted(byFit.reversed())
                .map(compiler::compile)
                .filter(routes -> !routes.isEmpty());
    }

    private static Stream<String> covering(VirtualServiceView info, String host) {
        return info.hosts().stream().filter(pattern -> HostNames.isWithin(host, pattern));
    }

    private static int longestHost(VirtualServiceView info, String host) {
        return covering(info, host).mapToInt(String::length).max().orElse(0);
    }

    private Route ownRoute(ServiceView service, ServiceView.Port port, UpstreamCluster cluster) {
        Destination all = new Destination(cluster, 1, 0, 1, "", HeaderOps.NONE, HeaderOps.NONE);
        List<HashPolicy> hash = clusters.hashPolicy(service, port.number()).stream().toList();
        RouteAction.Forward forward = new RouteAction.Forward(new WeightedClusters(List.of(all), 1),
                new RouteAction.Rewrite.Keep(), "", hash, 0, filters.defaultRetry(true), List.of(),
                RouteAction.Fault.NONE, RouteAction.Cors.NONE);
        return new Route(Route.Origin.ofService(service.meta().name()), RouteMatch.ANYTHING, forward, HeaderOps.NONE,
                HeaderOps.NONE, service.host() + ":" + port.number() + "/*");
    }
}
