package dev.trafficlab.embedded.mesh.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;

/**
 * What pods of one namespace reach by name.
 *
 * @param namespace the pods' namespace, which completes short names
 * @param services by full name and port, {@code shop.default.svc.cluster.local:80}
 * @param hosts full names by what they are called: themselves and their ClusterIPs
 * @param scopes what Sidecar objects hide, the first that selects a pod counts
 */
public record SidecarTable(String namespace, Map<String, Outbound> services, Map<String, String> hosts,
        List<Scope> scopes) {

    private static final String DOMAIN = ".svc.cluster.local";

    public SidecarTable {
        services = Map.copyOf(services);
        hosts = Map.copyOf(hosts);
        scopes = List.copyOf(scopes);
    }

    /**
     * What a Sidecar object leaves its pods to know.
     *
     * @param name the object's name
     * @param selector labels of the pods
     * @param hidden full names of Services that they do not know
     * @param registryOnly whether what is not known is refused, rather than passed on unseen
     */
    public record Scope(String name, Map<String, String> selector, Set<String> hidden, boolean registryOnly) {}

    /**
     * One port of a Service.
     *
     * @param service its full name
     * @param virtualHosts whose routes a sidecar may follow, the Service's own last
     * @param endpoints all of it, for pods without a sidecar
     */
    public record Outbound(String service, List<VirtualHost> virtualHosts, UpstreamCluster endpoints) {

        public Outbound {
            virtualHosts = List.copyOf(virtualHosts);
        }

        /** The first that has a route at all for pods with the labels: a VirtualService without any does not speak for the host. */
        public VirtualHost virtualHost(Map<String, String> labels) {
            for (VirtualHost host : virtualHosts) {
                for (Route route : host.routes()) {
                    if (labels.entrySet().containsAll(route.match().sourceLabels().entrySet())) {
                        return host;
                    }
                }
            }
            return virtualHosts.getLast();
        }
    }

    /** The ports of all Services. */
    public Set<Integer> ports() {
        return services.keySet().stream().map(SidecarTable::port).collect(Collectors.toUnmodifiableSet());
    }

    private static int port(String key) {
        return Integer.parseInt(key.substring(key.lastIndexOf(':') + 1));
    }

    /** The same table with all routes of the port taken from another. */
    public SidecarTable withPort(int port, SidecarTable other) {
        Map<String, Outbound> mixed = new HashMap<>(services);
        mixed.replaceAll((key, own) -> port(key) == port ? other.services.getOrDefault(key, own) : own);
        return new SidecarTable(namespace, mixed, hosts, scopes);
    }

    /** Whether anything is called so, at whatever port; its full name then. */
    public Optional<String> resolve(String host) {
        return Stream
                .of(host, host + "." + namespace + DOMAIN, host + DOMAIN, host + ".cluster.local")
                .filter(hosts::containsKey)
                .findFirst()
                .map(hosts::get);
    }

    /** The scope of a pod with the labels. */
    public Optional<Scope> scope(Map<String, String> labels) {
        return scopes.stream().filter(scope -> labels.entrySet().containsAll(scope.selector().entrySet())).findFirst();
    }

    /** The Service's port. */
    public Optional<Outbound> outbound(String service, int port) {
        return Optional.ofNullable(services.get(service + ":" + port));
    }
}
