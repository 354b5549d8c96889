package dev.trafficlab.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;

/** An ingress that waits for all of a request, keeps it, and answers as told. */
final class RecordingIngress implements Ingress {

    final List<MeshRequest> received = new CopyOnWriteArrayList<>();
    private Function<MeshRequest, MeshAnswer> answer = request -> answered(AppResponse.of(200,
            "text/plain; charset=utf-8", "hello"));

    void answers(Function<MeshRequest, MeshAnswer> newAnswer) {
        answer = newAnswer;
    }

    void answers(int status, Headers headers, String body) {
        AppResponse text = AppResponse.of(status, "text/plain", body);
        answer = request -> answered(new AppResponse(status, headers, text.body(), text.afterwards()));
    }

    MeshRequest last() {
        return received.getLast();
    }

    @Override
    public RoutePlan plan(String namespace, MeshRequest request) {
        return RoutePlan.unsent("nothing is planned here");
    }

    @Override
    public MeshAnswer send(String namespace, MeshRequest request) {
        try {
            Body whole = Body.of(request.body().bytes());
            MeshRequest seen = new MeshRequest(request.origin(), request.method(), request.authority(), request
                    .target(),
                    request.headers(), request.peer(), whole);
            received.add(seen);
            return answer.apply(seen);
        } catch (IOException e) {
            return answered(AppResponse.of(400, "text/plain", "the body broke off"));
        }
    }

    @Override
    public TracedAnswer trace(String namespace, MeshRequest request) {
        return new TracedAnswer(send(namespace, request), new RoutingTrace(List.of()));
    }

    static MeshAnswer answered(AppResponse response) {
        return new MeshAnswer.Answered(response, List.of(),
                Optional.of(new MeshAnswer.Upstream("lab", "colors-v1-1", "10.1.0.1:3000", Map.of("version", "v1"))));
    }
}
