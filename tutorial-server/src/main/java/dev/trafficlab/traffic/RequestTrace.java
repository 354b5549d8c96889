package dev.trafficlab.traffic;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.gateway.RequestListener.AnsweredRequest;

/**
 * What a request asked for, and why it went where it went.
 *
 * @param pod the pod that answered, empty when none did
 * @param refusal why there was no answer, empty when there was one
 */
record RequestTrace(String path, String pod, String refusal, RoutingTrace trace) {

    static RequestTrace of(String path, TracedAnswer traced) {
        return switch (traced.answer()) {
            case MeshAnswer.ConnectionRefused(String reason) -> new RequestTrace(path, "", reason, traced.trace());
            case MeshAnswer.Answered answered -> new RequestTrace(path, answered.upstream()
                    .map(MeshAnswer.Upstream::pod)
                    .orElse(""), "", traced.trace());
        };
    }

    TracedRequest of(long number, AnsweredRequest answer) {
        return new TracedRequest(number, path, answer.status(), pod, answer.version(), refusal, trace.stages());
    }
}
