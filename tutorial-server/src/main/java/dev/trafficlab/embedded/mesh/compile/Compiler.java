package dev.trafficlab.embedded.mesh.compile;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
import dev.trafficlab.embedded.mesh.route.RouteTable.Listener;
import dev.trafficlab.embedded.mesh.route.RouteTable.Pod;
import dev.trafficlab.embedded.mesh.route.SidecarTable;
import dev.trafficlab.embedded.mesh.route.VirtualHosts;

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
        public static final Compiled NOTHING = new Compiled(RouteTable.EMPTY, Map.of(), TakenRules.NONE, Map.of());

        private final RouteTable table;
        private final Map<ClusterCatalog.Key, UpstreamCluster> clusters;
        private final TakenRules byGateway;
        private final Map<String, TakenRules> bySidecars;

        /** The rules are those that the proxies took last, sidecars by their namespace. */
        private Compiled(RouteTable table, Map<ClusterCatalog.Key, UpstreamCluster> clusters, TakenRules byGateway,
                Map<String, TakenRules> bySidecars) {
            this.table = table;
            this.clusters = Map.copyOf(clusters);
            this.byGateway = byGateway;
            this.bySidecars = Map.copyOf(bySidecars);
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
     * Compiles the objects; clusters that were there before keep what they have counted. Where a proxy would refuse the routes of a port, it
     * goes on by the Gateways and VirtualServices that it took last for that port, over the Services and pods of now.
     */
    public Compiled compile(Collection<ObjectNode> objects, Compiled before) {
        CompileBudget budget = new CompileBudget(findings);
        PushContext inventory = new PushContext(objects, budget, findings);
        Push push = new Push(objects, budget, before, new HashMap<>());

        PushRefusals refusals = new PushRefusals(findings);
        Ingress ingress = ingress(push, inventory, refusals);
        Map<Integer, Listener> listeners = new HashMap<>(ingress.listeners());
        listeners.replaceAll((port, listener) -> refusals.of(port) ? earlier(push, port, listener) : listener);

        Map<String, SidecarTable> sidecars = new HashMap<>();
        Map<String, TakenRules> bySidecars = new HashMap<>();
        for (String namespace : namespaces(inventory)) {
            TakenRules taken = before.bySidecars.getOrDefault(namespace, TakenRules.NONE);
            sidecars.put(namespace, sidecar(push, inventory, namespace, taken, bySidecars));
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
        return new Compiled(new RouteTable(listeners, ingress.silence(), ingress.address(), sidecars, pods, podsByIp),
                push.clusters(), before.byGateway.after(objects, listeners.keySet(), refusals), bySidecars);
    }

    /** What one compilation is about, and the clusters that it leaves. */
    private record Push(Collection<ObjectNode> objects, CompileBudget budget, Compiled before,
            Map<ClusterCatalog.Key, UpstreamCluster> clusters) {}

    /** What was compiled for the ingress gateway. */
    private record Ingress(Map<Integer, Listener> listeners, String silence, String address) {}

    private Ingress ingress(Push push, PushContext inventory, PushRefusals refusals) {
        ClusterCatalog catalog = new ClusterCatalog(inventory, GATEWAY_NAMESPACE, true, settings, push.budget(),
                push.before().clusters);
        FilterCompiler filters = new FilterCompiler(settings.retry503(), push.budget(), refusals);
        GatewayCompiler gateway = new GatewayCompiler(inventory, new ActionCompiler(catalog, filters, refusals),
                refusals);
        Ingress ingress = new Ingress(gateway.listeners(), gateway.silence(), gateway.pod()
                .map(PodView::ip)
                .orElse(""));
        catalog.collect(push.clusters());
        return ingress;
    }

    /** The port's listener by the rules of then; one without a route where they did not open it. */
    private Listener earlier(Push push, int port, Listener now) {
        PushContext then = push.before().byGateway.earlier(port, push.objects());
        Listener earlier = ingress(push, then, new PushRefusals(SILENT)).listeners().get(port);
        return earlier != null ? earlier
                : new Listener(port, now.boundPort(), now.gateways(), now.refusal(), new VirtualHosts(List.of()), now
                        .misses());
    }

    private SidecarTable sidecar(Push push, PushContext inventory, String namespace, TakenRules taken,
            Map<String, TakenRules> into) {
        PushRefusals refusals = new PushRefusals(findings);
        SidecarTable table = sidecar(push, inventory, namespace, refusals);
        into.put(namespace, taken.after(push.objects(), table.ports(), refusals));
        for (int port : table.ports()) {
            if (refusals.of(port)) {
                PushContext then = taken.earlier(port, push.objects());
                table = table.withPort(port, sidecar(push, then, namespace, new PushRefusals(SILENT)));
            }
        }
        return table;
    }

    private SidecarTable sidecar(Push push, PushContext inventory, String namespace, PushRefusals refusals) {
        ClusterCatalog catalog = new ClusterCatalog(inventory, namespace, false, settings, push.budget(),
                push.before().clusters);
        FilterCompiler filters = new FilterCompiler(settings.retry503(), push.budget(), refusals);
        SidecarTable table = new SidecarCompiler(inventory, namespace, catalog, filters, refusals).compile();
        catalog.collect(push.clusters());
        return table;
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
