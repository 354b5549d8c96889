package dev.trafficlab.traffic;

import java.util.List;

import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;

/**
 * A request with the reasons for its way.
 *
 * @param number its number within the lab, 0 when it has none
 * @param path what it asked for
 * @param status the answer's status, 0 when there was no answer
 * @param pod the pod that answered, empty when none did
 * @param version that pod's version label, empty when it has none
 * @param refusal why there was no answer, empty when there was one
 * @param stages the decisions on its way, in their order
 */
public record TracedRequest(long number, String path, int status, String pod, String version, String refusal,
        List<Stage> stages) {

    public TracedRequest {
        stages = List.copyOf(stages);
    }
}
