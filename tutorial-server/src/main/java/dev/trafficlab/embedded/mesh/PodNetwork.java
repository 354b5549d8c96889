package dev.trafficlab.embedded.mesh;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshAnswer.ConnectionRefused;
import dev.trafficlab.embedded.mesh.balance.Endpoint;
import dev.trafficlab.embedded.mesh.balance.HostSet;
import dev.trafficlab.embedded.mesh.proxy.Answers;
import dev.trafficlab.embedded.mesh.proxy.Exchange;
import dev.trafficlab.embedded.mesh.proxy.PathNormalizer;
import dev.trafficlab.embedded.mesh.proxy.Proxy;
import dev.trafficlab.embedded.mesh.proxy.TraceListener;
import dev.trafficlab.embedded.mesh.route.Decision;
import dev.trafficlab.embedded.mesh.route.RouteTable;
import dev.trafficlab.embedded.mesh.route.RouteTable.Pod;
import dev.trafficlab.embedded.mesh.route.SidecarTable;
import dev.trafficlab.embedded.mesh.route.SidecarTable.Outbound;
import dev.trafficlab.embedded.mesh.route.SidecarTable.Scope;
import dev.trafficlab.embedded.mesh.route.VirtualHosts;
import dev.trafficlab.embedded.mesh.work.CallChain;
import dev.trafficlab.embedded.mesh.work.Refusal;

/** Requests of pods: through the sidecar where there is one, else as kube-proxy does it, any ready endpoint alike. */
final class PodNetwork {

    private final Proxy proxy;
    private final Upstreams upstreams;
    private final RandomGenerator dice;

    PodNetwork(Proxy proxy, Upstreams upstreams, RandomGenerator dice) {
        this.proxy = proxy;
        this.upstreams = upstreams;
        this.dice = dice;
    }

    MeshAnswer send(RouteTable table, MeshRequest request, MeshRequest.FromPod origin, TraceListener narrator) {
        Optional<Pod> pod = table.pod(origin.namespace(), origin.pod());
        if (pod.isEmpty()) {
            return refused("There is no pod " + origin.pod() + " in namespace " + origin.namespace() + ".");
        }
        int nameEnd = VirtualHosts.nameEnd(request.authority());
        String host = request.authority().substring(0, nameEnd).toLowerCase(Locale.ROOT);
        int port = nameEnd == request.authority().length() ? 80 : port(request.authority().substring(nameEnd + 1));
        Pod target = table.podsByIp().get(host);
        if (target != null) {
            narrator.called(pod.get(), target.name(), "goes straight to the pod's address");
            return straight(request, endpoint(target, port));
        }
        SidecarTable services = table.sidecars().get(origin.namespace());
        Optional<String> service = services == null ? Optional.empty() : services.resolve(host);
        if (services == null || service.isEmpty()) {
            return refused("The name " + host + " is unknown: no Service is called so, seen from namespace "
                    + origin.namespace() + ".");
        }
        return services.outbound(service.get(), port)
                .map(outbound -> toService(services, pod.get(), outbound, request, narrator))
                .orElseGet(() -> refused("Service " + service.get() + " has no port " + port + "."));
    }

    private static int port(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
    }

    private static Endpoint endpoint(Pod pod, int port) {
        return new Endpoint(pod.namespace(), pod.name(), pod.ip(), port, pod.ip() + ":" + port, pod.labels(),
                pod.sidecar());
    }

    private MeshAnswer toService(SidecarTable services, Pod pod, Outbound outbound, MeshRequest request,
            TraceListener narrator) {
        if (!pod.sidecar()) {
            narrator.called(pod, outbound.service(), "has no sidecar, so no routing rule applies: "
                    + "the cluster's network takes any ready pod of the Service");
            return plain(outbound, request);
        }
        Optional<Scope> scope = services.scope(pod.labels());
        if (scope.filter(found -> found.hidden().contains(outbound.service())).isPresent()) {
            return hidden(scope.get(), pod, outbound, request, narrator);
        }
        narrator.called(pod, outbound.service(), "has a sidecar, which catches the request and routes it");
        Optional<String> target = PathNormalizer.normalize(request.target());
        Exchange exchange = proxy.receive(request, target.orElse(request.target()),
                new Exchange.ProxyContext(false, pod.ip() + ":15001", pod.labels(), pod.name()), narrator);
        if (target.isEmpty()) {
            return proxy.refuse(exchange, request.target().startsWith("/") ? 400 : 404);
        }
        Decision.Outcome outcome = exchange.decision()
                .route(outbound.virtualHost(pod.labels()), exchange.head(), pod.labels(), dice);
        return proxy.run(exchange, outcome);
    }

    /** A Service that a Sidecar object hides is passed through unseen, or refused. */
    private MeshAnswer hidden(Scope scope, Pod pod, Outbound outbound, MeshRequest request, TraceListener narrator) {
        String hides = "has a sidecar that does not know the Service, because Sidecar " + scope.name() + " hides it";
        if (!scope.registryOnly()) {
            narrator.called(pod, outbound.service(), hides + "; the request passes unrouted");
            return plain(outbound, request);
        }
        narrator.called(pod, outbound.service(), hides + "; its policy REGISTRY_ONLY refuses what is not known");
        return proxy.refuse(proxy.receive(request, request.target(),
                new Exchange.ProxyContext(false, "", pod.labels(), pod.name()), TraceListener.SILENT), 502);
    }

    private MeshAnswer plain(Outbound outbound, MeshRequest request) {
        HostSet hosts = outbound.endpoints().hosts();
        if (hosts.size() == 0) {
            return refused("Service " + outbound.service() + " has no ready pod, so nobody takes the connection.");
        }
        int chosen = (int) Long.remainderUnsigned(dice.nextLong(), hosts.size());
        return straight(request, hosts.get(chosen).endpoint());
    }

    private MeshAnswer straight(MeshRequest request, Endpoint endpoint) {
        if (!CallChain.takeCall()) {
            return refused(CallChain.refusal().map(Refusal::reason).orElse("Nobody waits for the answer any more."));
        }
        AppRequest sent = new AppRequest(request.method(), request.authority(), request.target(), request.headers(),
                request.body());
        try {
            AppResponse response = upstreams.call(endpoint.ip(), endpoint.port(), sent, Optional.empty());
            return new Answered(endpoint.sidecar() ? marked(response) : response, java.util.List.of(),
                    Optional.of(Answers.upstream(endpoint)));
        } catch (Upstreams.UpstreamFailure failure) {
            return refused(switch (failure.kind()) {
                case REFUSED -> "Pod " + endpoint.pod() + " takes no connection on port " + endpoint.port() + ".";
                case TIMEOUT -> "Pod " + endpoint.pod() + " did not answer in time.";
                case RESET -> "The connection to pod " + endpoint.pod() + " broke.";
            });
        }
    }

    /** The sidecar of the pod that answers leaves its mark. */
    private static AppResponse marked(AppResponse response) {
        return new AppResponse(response.status(), response.headers().with("server", "istio-envoy"), response.body(),
                response.afterwards());
    }

    private static ConnectionRefused refused(String reason) {
        return new ConnectionRefused(reason);
    }
}
