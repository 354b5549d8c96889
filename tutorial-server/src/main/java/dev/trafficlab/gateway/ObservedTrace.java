package dev.trafficlab.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshAnswer.ConnectionRefused;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.RoutingTrace.Outcome;
import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.gateway.real.GatewayEndpoint;

/**
 * What can be known about a request's way through a real mesh by somebody who sent it: less than inside the proxy, and nothing is guessed.
 */
public final class ObservedTrace {

    private static final String UPSTREAM_TIME = "x-envoy-upstream-service-time";

    private ObservedTrace() {}

    /** Of a request through the ingress gateway. */
    public static RoutingTrace throughGateway(Optional<GatewayEndpoint> way, String host, MeshAnswer answer) {
        List<Stage> stages = new ArrayList<>();
        way.ifPresent(found -> stages.add(new Stage("listener", answer instanceof ConnectionRefused ? Outcome.ENDED
                : Outcome.PASSED, "The request went to the ingress gateway by " + found.how() + ".",
                facts("address", found.address(), "host", host))));
        if (answer instanceof Answered answered) {
            stages.add(proxy(answered));
        }
        return finish(stages, answer);
    }

    /** Of a request from within the cluster. */
    public static RoutingTrace throughServiceProxy(String service, MeshAnswer answer) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Stage("service", Outcome.PASSED, "The API server passed the request on to one of the Service's"
                + " ready pods, picked at random. No sidecar routed it.", facts("service", service)));
        return finish(stages, answer);
    }

    /** Envoy notes how long an app took only where an app was asked. */
    private static Stage proxy(Answered answered) {
        Optional<String> time = answered.response().headers().first(UPSTREAM_TIME);
        if (time.isPresent()) {
            return new Stage("route", Outcome.PASSED, "The gateway had a route for it and asked an app. Which rule"
                    + " matched and how the dice fell stays inside the gateway's Envoy; istioctl proxy-config routes"
                    + " shows its table.", facts("milliseconds", time.get()));
        }
        return switch (answered.response().status()) {
            case 404 -> new Stage("route", Outcome.ENDED, "No app was asked: the gateway has no route for this host and"
                    + " path.", Map.of());
            case 503 -> new Stage("route", Outcome.ENDED, "No app was asked: there is a route, but nobody ready at its"
                    + " end.", Map.of());
            default -> new Stage("route", Outcome.PASSED, "The answer does not say whether an app or the gateway gave"
                    + " it.", Map.of());
        };
    }

    private static RoutingTrace finish(List<Stage> stages, MeshAnswer answer) {
        stages.add(switch (answer) {
            case ConnectionRefused(String reason) -> new Stage("answer", Outcome.ENDED, reason, Map.of());
            case Answered answered -> new Stage("answer", Outcome.PASSED, answered.upstream()
                    .map(pod -> "The pod " + pod.pod() + " says that it answered.")
                    .orElse("Nobody in the answer says which pod gave it."), facts("status",
                            Integer.toString(answered.response().status())));
        });
        return new RoutingTrace(stages);
    }

    private static Map<String, String> facts(String... namesAndValues) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            facts.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return facts;
    }
}
