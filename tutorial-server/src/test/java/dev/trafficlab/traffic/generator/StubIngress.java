package dev.trafficlab.traffic.generator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.gateway.Ingress;

/** An ingress behind which v1 answers the even clients and v2 the odd ones. */
final class StubIngress implements Ingress {

    final List<MeshRequest> received = new CopyOnWriteArrayList<>();

    private List<String> cookies = List.of();

    /** Every answer hands out these cookies. */
    void giving(String... given) {
        cookies = List.of(given);
    }

    @Override
    public RoutePlan plan(String namespace, MeshRequest request) {
        return RoutePlan.unsent("nothing is planned here");
    }

    @Override
    public MeshAnswer send(String namespace, MeshRequest request) {
        received.add(request);
        int port = Integer.parseInt(request.peer().substring(request.peer().indexOf(':') + 1));
        String version = port % 2 == 0 ? "v1" : "v2";
        return new MeshAnswer.Answered(new AppResponse(200, new Headers(cookies.stream()
                .map(cookie -> new Headers.Field("set-cookie", cookie))
                .toList()), Body.NONE, AppResponse.NOTHING), List.of(),
                Optional.of(new MeshAnswer.Upstream(namespace, "colors-" + version, "10.1.0.1:3000", Map.of("version",
                        version))));
    }

    @Override
    public TracedAnswer trace(String namespace, MeshRequest request) {
        return new TracedAnswer(send(namespace, request), new RoutingTrace(List.of()));
    }
}
