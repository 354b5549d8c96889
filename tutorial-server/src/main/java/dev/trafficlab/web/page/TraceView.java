package dev.trafficlab.web.page;

import java.util.List;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;

/**
 * One request and its reasons, as "Why this way?" shows them.
 *
 * @param path what was asked for
 * @param status the answer's status, 0 when there was no answer
 * @param pod the pod that answered, empty when none did
 * @param version that pod's version label, empty when it has none
 * @param reason why there was no answer, empty when there was one
 */
record TraceView(String path, int status, String pod, String version, String reason, List<RoutingTrace.Stage> stages) {

    static TraceView of(String path, TracedAnswer traced) {
        List<RoutingTrace.Stage> stages = traced.trace().stages();
        return switch (traced.answer()) {
            case MeshAnswer.ConnectionRefused(String reason) -> new TraceView(path, 0, "", "", reason, stages);
            case MeshAnswer.Answered answered -> new TraceView(path, answered.response().status(),
                    answered.upstream().map(MeshAnswer.Upstream::pod).orElse(""),
                    answered.upstream().map(upstream -> upstream.labels().getOrDefault("version", "")).orElse(""),
                    "", stages);
        };
    }
}
