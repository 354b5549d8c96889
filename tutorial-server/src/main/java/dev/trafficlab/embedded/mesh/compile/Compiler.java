package dev.trafficlab.embedded.mesh.compile;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.mesh.balance.Cluster;
import dev.trafficlab.embedded.mesh.route.RouteTable;
import dev.trafficlab.embedded.mesh.route.RouteTable.Pod;
import dev.trafficlab.embedded.mesh.route.SidecarTable;

/** From objects to a table. */
public final class Compiler {

    private static final String GATEWAY_NAMESPACE = "istio-system";

    /**
     * What differs between versions of Istio, and where rotations start.
     *
     * @param roundRobinByDefault whether a Service without load balancer settings is served in rotation (up to Istio 1.13)
     * @param retry503 whether an answer 503 is retried by default (up to Istio 1.23)
     * @param dice where rotations start
     */
    public record Settings(boolean roundRobinByDefault, boolean retry503, RandomGenerator dice) {}

    /**
     * A table, and its clusters for the next compilation to go on with.
     */
    public record Compiled(RouteTable table, Map<String, Cluster> clusters) {

        /** Before the first compilation. */
        public static final Compiled NOTHING = new Compiled(RouteTable.EMPTY, Map.of());

        public Compiled {
            clusters = Map.copyOf(clusters);
        }
    }

    private final Settings settings;
    private final Findings findings;

    /** A compiler that tells what it leaves out. */
    public Compiler(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /** Compiles the objects; clusters that were there before keep what they have counted. */
    public Compiled compile(Collection<ObjectNode> objects, Compiled before) {
        Inventory inventory = new Inventory(objects, findings);
        FilterCompiler filters = new FilterCompiler(settings.retry503(), findings);
        Map<String, Cluster> clusters = new HashMap<>();

        ClusterCatalog gatewayClusters = new ClusterCatalog(inventory, GATEWAY_NAMESPACE, true, settings,
                before.clusters());
        GatewayCompiler gateway = new GatewayCompiler(inventory, new ActionCompiler(gatewayClusters, filters, findings),
                findings);
        var listeners = gateway.listeners();
        gatewayClusters.collect(clusters);

        Map<String, SidecarTable> sidecars = new HashMap<>();
        Map<String, Pod> pods = new HashMap<>();
        Map<String, Pod> byIp = new HashMap<>();
        TreeSet<String> namespaces = new TreeSet<>();
        for (PodInfo info : inventory.pods()) {
            Pod pod = new Pod(info.meta().namespace(), info.meta().name(), info.ip(), info.labels(), info.sidecar());
            pods.put(info.meta().key(), pod);
            byIp.put(info.ip(), pod);
            namespaces.add(info.meta().namespace());
        }
        namespaces.remove(GATEWAY_NAMESPACE);
        for (String namespace : namespaces) {
            ClusterCatalog catalog = new ClusterCatalog(inventory, namespace, false, settings, before.clusters());
            sidecars.put(namespace, new SidecarCompiler(inventory, namespace, catalog, filters, findings).compile());
            catalog.collect(clusters);
        }
        String address = gateway.pod().map(PodInfo::ip).orElse("");
        return new Compiled(new RouteTable(listeners, gateway.silence(), address, sidecars, pods, byIp), clusters);
    }
}
