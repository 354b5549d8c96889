package dev.trafficlab.embedded.mesh.compile;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.model.CompileBudget;
import dev.trafficlab.embedded.mesh.model.PodView;
import dev.trafficlab.embedded.mesh.model.PushContext;
import dev.trafficlab.embedded.mesh.model.UnsupportedReport;
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

    /** A table, and its clusters for the next compilation to go on with. */
    public static final class Compiled {

        /** Before the first compilation. */
        public static final Compiled NOTHING = new Compiled(RouteTable.EMPTY, Map.of());

        private final RouteTable table;
        private final Map<ClusterCatalog.Key, UpstreamCluster> clusters;

        private Compiled(RouteTable table, Map<ClusterCatalog.Key, UpstreamCluster> clusters) {
            this.table = table;
            this.clusters = Map.copyOf(clusters);
        }

        /** What requests are decided by. */
        public RouteTable table() {
            return table;
        }
    }

    private final Settings settings;
    private final UnsupportedReport findings;

    /** A compiler that tells what it leaves out. */
    public Compiler(Settings settings, UnsupportedReport findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /** Compiles the objects; clusters that were there before keep what they have counted. */
    public Compiled compile(Collection<ObjectNode> objects, Compiled before) {
        CompileBudget budget = new CompileBudget(findings);
        PushContext inventory = new PushContext(objects, budget, findings);
        FilterCompiler filters = new FilterCompiler(settings.retry503(), budget, findings);
        Map<ClusterCatalog.Key, UpstreamCluster> clusters = new HashMap<>();

        ClusterCatalog gatewayClusters = new ClusterCatalog(inventory, GATEWAY_NAMESPACE, true, settings,
                budget, before.clusters);
        GatewayCompiler gateway = new GatewayCompiler(inventory, new ActionCompiler(gatewayClusters, filters, findings),
                findings);
        Map<Integer, RouteTable.Listener> listeners = gateway.listeners();
        gatewayClusters.collect(clusters);

        Map<String, Pod> pods = new HashMap<>();
        Map<String, Pod> podsByIp = new HashMap<>();
        for (PodView info : inventory.pods()) {
            Pod pod = new Pod(info.meta().namespace(), info.meta().name(), info.ip(), info.labels(), info.sidecar());
            pods.put(info.meta().key(), pod);
            if (!info.ip().isEmpty()) {
                podsByIp.put(info.ip(), pod);
            }
        }
        Map<String, SidecarTable> sidecars = new HashMap<>();
        for (String namespace : namespaces(inventory)) {
            ClusterCatalog catalog = new ClusterCatalog(inventory, namespace, false, settings, budget,
                    before.clusters);
            sidecars.put(namespace, new SidecarCompiler(inventory, namespace, catalog, filters, findings).compile());
            catalog.collect(clusters);
        }
        String address = gateway.pod().map(PodView::ip).orElse("");
        return new Compiled(new RouteTable(listeners, gateway.silence(), address, sidecars, pods, podsByIp), clusters);
    }

    /** Where pods live that may call others. */
    private static Set<String> namespaces(PushContext inventory) {
        return inventory.pods()
                .stream()
                .map(pod -> pod.meta().namespace())
                .filter(namespace -> !namespace.equals(GATEWAY_NAMESPACE))
                .collect(Collectors.toSet());
    }
}
