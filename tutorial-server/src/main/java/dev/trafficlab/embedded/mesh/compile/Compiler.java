package dev.trafficlab.embedded.mesh.compile;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.model.CompileBudget;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.model.PodView;
import dev.trafficlab.embedded.mesh.model.PushContext;
import dev.trafficlab.embedded.mesh.model.UnsupportedReport;
import dev.trafficlab.embedded.mesh.route.RouteTable;
import dev.trafficlab.embedded.mesh.route.RouteTable.Pod;
import dev.trafficlab.embedded.mesh.route.SidecarTable;

/** From objects to a table. */
public final class Compiler {

    private static final String GATEWAY_NAMESPACE = "istio-system";

    private static final UnsupportedReport SILENT = (_, _, _, _) -> {};

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
        public static final Compiled NOTHING = new Compiled(RouteTable.EMPTY, Map.of(), Optional.empty(),
                Optional.empty());

        private final RouteTable table;
        private final Map<ClusterCatalog.Key, UpstreamCluster> clusters;
        private final Optional<List<ObjectNode>> gatewayRules;
        private final Optional<List<ObjectNode>> sidecarRules;

        /** The rules are those that the proxies took last; none when they refused all so far. */
        private Compiled(RouteTable table, Map<ClusterCatalog.Key, UpstreamCluster> clusters,
                Optional<List<ObjectNode>> gatewayRules, Optional<List<ObjectNode>> sidecarRules) {
            this.table = table;
            this.clusters = Map.copyOf(clusters);
            this.gatewayRules = gatewayRules;
            this.sidecarRules = sidecarRules;
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

    /**
     * Compiles the objects; clusters that were there before keep what they have counted. Where proxies would refuse the routes, they go
     * on by the Gateways and VirtualServices that they took last, over the Services and pods of now.
     */
    public Compiled compile(Collection<ObjectNode> objects, Compiled before) {
        CompileBudget budget = new CompileBudget(findings);
        PushContext inventory = new PushContext(objects, budget, findings);
        Map<ClusterCatalog.Key, UpstreamCluster> clusters = new HashMap<>();

        PushRefusals byGateway = new PushRefusals(findings);
        Ingress ingress = ingress(inventory, budget, byGateway, before, clusters);
        if (byGateway.any()) {
            ingress = ingress(earlier(objects, before.gatewayRules), budget, new PushRefusals(SILENT), before,
                    clusters);
        }
        PushRefusals bySidecars = new PushRefusals(findings);
        Map<String, SidecarTable> sidecars = sidecars(inventory, budget, bySidecars, before, clusters);
        if (bySidecars.any()) {
            sidecars = sidecars(earlier(objects, before.sidecarRules), budget, new PushRefusals(SILENT), before,
                    clusters);
        }
        Map<String, Pod> pods = new HashMap<>();
        Map<String, Pod> podsByIp = new HashMap<>();
        for (PodView info : inventory.pods()) {
            Pod pod = new Pod(info.meta().namespace(), info.meta().name(), info.ip(), info.labels(), info.sidecar());
            pods.put(info.meta().key(), pod);
            if (!info.ip().isEmpty()) {
                podsByIp.put(info.ip(), pod);
            }
        }
        return new Compiled(new RouteTable(ingress.listeners(), ingress.silence(), ingress.address(), sidecars, pods,
                podsByIp), clusters,
                byGateway.any() ? before.gatewayRules : Optional.of(rules(objects)),
                bySidecars.any() ? before.sidecarRules : Optional.of(rules(objects)));
    }

    /** What was compiled for the ingress gateway. */
    private record Ingress(Map<Integer, RouteTable.Listener> listeners, String silence, String address) {}

    private Ingress ingress(PushContext inventory, CompileBudget budget, PushRefusals refusals, Compiled before,
            Map<ClusterCatalog.Key, UpstreamCluster> into) {
        ClusterCatalog catalog = new ClusterCatalog(inventory, GATEWAY_NAMESPACE, true, settings, budget,
                before.clusters);
        FilterCompiler filters = new FilterCompiler(settings.retry503(), budget, refusals);
        GatewayCompiler gateway = new GatewayCompiler(inventory, new ActionCompiler(catalog, filters, refusals),
                refusals);
        Ingress ingress = new Ingress(gateway.listeners(), gateway.silence(), gateway.pod()
                .map(PodView::ip)
                .orElse(""));
        catalog.collect(into);
        return ingress;
    }

    private Map<String, SidecarTable> sidecars(PushContext inventory, CompileBudget budget, PushRefusals refusals,
            Compiled before, Map<ClusterCatalog.Key, UpstreamCluster> into) {
        FilterCompiler filters = new FilterCompiler(settings.retry503(), budget, refusals);
        Map<String, SidecarTable> sidecars = new HashMap<>();
        for (String namespace : namespaces(inventory)) {
            ClusterCatalog catalog = new ClusterCatalog(inventory, namespace, false, settings, budget,
                    before.clusters);
            sidecars.put(namespace, new SidecarCompiler(inventory, namespace, catalog, filters, refusals).compile());
            catalog.collect(into);
        }
        return sidecars;
    }

    private static boolean isRule(ObjectNode object) {
        String kind = Json.text(object, "kind");
        return kind.equals("Gateway") || kind.equals("VirtualService");
    }

    private static List<ObjectNode> rules(Collection<ObjectNode> objects) {
        return objects.stream().filter(Compiler::isRule).toList();
    }

    /** The objects of now with the rules of then; without any route where no rules were ever taken. */
    private static PushContext earlier(Collection<ObjectNode> objects, Optional<List<ObjectNode>> rules) {
        List<ObjectNode> gateways = objects.stream()
                .filter(object -> Json.text(object, "kind").equals("Gateway"))
                .toList();
        List<ObjectNode> mixed = Stream.concat(objects.stream().filter(object -> !isRule(object)),
                rules.orElse(gateways).stream()).toList();
        return new PushContext(mixed, new CompileBudget(SILENT), SILENT);
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
