package dev.trafficlab.traffic.tally;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.gateway.RequestListener.AnsweredRequest;
import dev.trafficlab.traffic.TracedRequest;

/**
 * What a request asked for, and why it went where it went.
 *
 * @param pod the pod that answered, empty when none did
 * @param version that pod's version, empty when it has none
 * @param refusal why there was no answer, empty when there was one
 */
public record RequestTrace(String path, String pod, String version, String refusal, RoutingTrace trace) {

    /** The trace of a request that was answered, or refused; the label names a pod's version. */
    public static RequestTrace of(String path, TracedAnswer traced, String label) {
        return switch (traced.answer()) {
            case MeshAnswer.ConnectionRefused(String reason) -> new RequestTrace(path, "", "", reason, traced.trace());
            case MeshAnswer.Answered answered -> new RequestTrace(path, answered.upstream()
                    .map(MeshAnswer.Upstream::pod)
                    .orElse(""), answered.upstream().map(pod -> pod.labels().getOrDefault(label, "")).orElse(""), "",
                    traced.trace());
        };
    }

    /** The same for people, under its number. */
    public TracedRequest of(long number, AnsweredRequest answer) {
        return new TracedRequest(number, path, answer.status(), pod, version, refusal, trace.stages());
    }
}
