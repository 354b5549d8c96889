package dev.trafficlab.embedded.mesh;

import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.mesh.MeshAnswer.ConnectionRefused;
import dev.trafficlab.embedded.mesh.MeshRequest.FromOutside;
import dev.trafficlab.embedded.mesh.MeshRequest.FromPod;
import dev.trafficlab.embedded.mesh.compile.Compiler;
import dev.trafficlab.embedded.mesh.compile.Compiler.Compiled;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.embedded.mesh.plan.RoutePlanner;
import dev.trafficlab.embedded.mesh.proxy.Exchange;
import dev.trafficlab.embedded.mesh.proxy.PathNormalizer;
import dev.trafficlab.embedded.mesh.proxy.Proxy;
import dev.trafficlab.embedded.mesh.proxy.TraceListener;
import dev.trafficlab.embedded.mesh.route.RequestHead;
import dev.trafficlab.embedded.mesh.route.RouteTable;
import dev.trafficlab.embedded.mesh.route.RouteTable.Listener;
import dev.trafficlab.embedded.mesh.trace.TraceWriter;
import dev.trafficlab.embedded.mesh.work.CallChain;
import dev.trafficlab.embedded.mesh.work.LabWork;

/**
 * The data plane as one namespace sees it: its ingress gateway and its sidecars. {@link #update} compiles, {@link #send} reads what
 * was compiled last, without locks. Safe for any number of threads.
 */
public final class Mesh {

    /** What one compilation left: published at once. */
    private record View(Compiled compiled, List<NotSupported> notSupported, RoutePlanner planner) {

        View(Compiled compiled, List<NotSupported> notSupported) {
            this(compiled, notSupported, new RoutePlanner(compiled.table()));
        }
    }

    private final Proxy proxy;
    private final PodNetwork pods;
    private final RandomGenerator dice;
    private final MeshSettings settings;
    private final LabWork work = new LabWork();
    private volatile View view = new View(Compiled.NOTHING, List.of());

    /** A mesh without objects: nobody listens. */
    public Mesh(Upstreams upstreams, RandomGenerator dice, InstantSource clock) {
        this(upstreams, dice, clock, MeshSettings.current());
    }

    /** The same, behaving as the settings say. */
    public Mesh(Upstreams upstreams, RandomGenerator dice, InstantSource clock, MeshSettings settings) {
        this.proxy = new Proxy(upstreams, dice, clock, settings);
        this.pods = new PodNetwork(proxy, upstreams, dice);
        this.dice = dice;
        this.settings = settings;
    }

    /**
     * Compiles the objects (Services, Pods, Gateways, VirtualServices, DestinationRules, ServiceEntries, Sidecars, of any
     * namespaces, those of istio-system included) and publishes the result at once. What it cannot route is left out and told.
     */
    public synchronized void update(Collection<ObjectNode> objects) {
        Set<NotSupported> findings = new LinkedHashSet<>();
        IstioVersion version = settings.version();
        Compiler compiler = new Compiler(new Compiler.Settings(version.roundRobinByDefault(), version.retries503(),
                dice),
                (kind, namespace, name, message) -> findings.add(new NotSupported(kind, namespace, name, message)));
        view = new View(compiler.compile(objects, view.compiled()), List.copyOf(findings));
    }

    /** What the objects of the last update ask for and this mesh does not do. */
    public List<NotSupported> notSupported() {
        return view.notSupported();
    }

    /** Routes one request and waits for the answer. */
    public MeshAnswer send(MeshRequest request) {
        return send(request, TraceListener.SILENT);
    }

    /** The same, with the reasons of every decision. */
    public TracedAnswer trace(MeshRequest request) {
        TraceWriter trace = new TraceWriter(settings.version());
        MeshAnswer answer = send(request, trace);
        return new TracedAnswer(answer, trace.finish(answer));
    }

    private MeshAnswer send(MeshRequest request, TraceListener narrator) {
        return CallChain.pass(work, () -> route(request, narrator), () -> Proxy.overloaded(narrator));
    }

    private MeshAnswer route(MeshRequest request, TraceListener narrator) {
        RouteTable table = view.compiled().table();
        return switch (request.origin()) {
            case FromOutside outside -> enter(table, outside.port(), request, narrator);
            case FromPod pod -> pods.send(table, request, pod, narrator);
        };
    }

    private MeshAnswer enter(RouteTable table, int port, MeshRequest request, TraceListener narrator) {
        Listener listener = table.listeners().get(port);
        if (listener == null) {
            return new ConnectionRefused("Nobody listens on port " + port + " of the ingress gateway. " + table
                    .silence());
        }
        if (!listener.refusal().isEmpty()) {
            return new ConnectionRefused(listener.refusal());
        }
        narrator.entered(listener);
        Optional<String> target = PathNormalizer.normalize(request.target());
        Exchange exchange = proxy.receive(request, target.orElse(request.target()), side(table, listener), narrator);
        if (target.isEmpty()) {
            return proxy.refuse(exchange, request.target().startsWith("/") ? 400 : 404);
        }
        return proxy.run(exchange, exchange.decision().route(listener.hosts(), exchange.head(), Map.of(), dice));
    }

    private static Exchange.ProxyContext side(RouteTable table, Listener listener) {
        String address = table.gatewayAddress();
        String pod = table.podsByIp().containsKey(address) ? table.podsByIp().get(address).name() : "";
        return new Exchange.ProxyContext(true, address + ":" + listener.boundPort(), Map.of(), pod);
    }

    /** What would become of the request now, without sending it. */
    public RoutePlan plan(MeshRequest request) {
        Optional<String> target = PathNormalizer.normalize(request.target());
        if (target.isEmpty()) {
            return RoutePlan.refused(request.target().startsWith("/") ? 400 : 404);
        }
        RequestHead head = new RequestHead(request.method(), request.authority(), target.get(), request.headers(),
                request.peer());
        RoutePlanner planner = view.planner();
        return switch (request.origin()) {
            case FromOutside(int port) -> planner.outside(port, head);
            case FromPod(String namespace, String pod) -> planner.inside(namespace, pod, head);
        };
    }
}
