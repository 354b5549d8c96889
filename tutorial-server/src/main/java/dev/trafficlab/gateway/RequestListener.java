package dev.trafficlab.gateway;

import java.util.List;
import java.util.Map;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.TracedAnswer;

/** Is told of every request that came in through a lab's gateway. */
@FunctionalInterface
public interface RequestListener {

    /** A request was answered. Called on the request's own thread for each request: must be quick and must not block. */
    void answered(String namespace, MeshRequest request, AnsweredRequest answer);

    /** Whether the listener wants the reasons of the namespace's requests as well. They cost a little, so only while they are used. */
    default boolean wantsReasons(String namespace) {
        return false;
    }

    /** The same, told with its reasons: called when any listener wants them. */
    default void answered(String namespace, MeshRequest request, TracedAnswer traced) {
        answered(namespace, request, AnsweredRequest.of(traced.answer()));
    }

    /**
     * How a request ended.
     *
     * @param status HTTP status, 0 when the connection was refused
     * @param byPod whether a pod answered, and not the proxy
     * @param labels that pod's labels
     * @param flags Envoy's response flags
     */
    record AnsweredRequest(int status, boolean byPod, Map<String, String> labels, List<String> flags) {

        private static final AnsweredRequest REFUSED = new AnsweredRequest(0, false, Map.of(), List.of());

        /** What there is to tell of the answer. */
        public static AnsweredRequest of(MeshAnswer answer) {
            return switch (answer) {
                case MeshAnswer.ConnectionRefused refused -> REFUSED;
                case MeshAnswer.Answered answered -> new AnsweredRequest(answered.response().status(), answered
                        .upstream()
                        .isPresent(), answered.upstream().map(MeshAnswer.Upstream::labels).orElse(Map.of()), answered
                                .flags());
            };
        }
    }
}
