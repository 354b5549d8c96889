package dev.trafficlab.gateway;

import java.util.List;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.TracedAnswer;

/** Is told of every request that came in through a lab's gateway. */
@FunctionalInterface
public interface RequestListener {

    /** A request was answered. Called on the request's own thread for each request: must be quick and must not block. */
    void answered(String namespace, AnsweredRequest request);

    /** Whether the listener wants the reasons of the namespace's requests as well. They cost a little, so only while they are used. */
    default boolean wantsReasons(String namespace) {
        return false;
    }

    /** The same, told with its reasons: called when any listener wants them. */
    default void answered(String namespace, String target, TracedAnswer traced) {
        answered(namespace, AnsweredRequest.of(traced.answer()));
    }

    /**
     * How a request ended.
     *
     * @param status HTTP status, 0 when the connection was refused
     * @param version the {@code version} label of the pod that answered, empty when none with one did
     * @param flags Envoy's response flags
     */
    record AnsweredRequest(int status, String version, List<String> flags) {

        private static final AnsweredRequest REFUSED = new AnsweredRequest(0, "", List.of());

        /** What there is to tell of the answer. */
        public static AnsweredRequest of(MeshAnswer answer) {
            return switch (answer) {
                case MeshAnswer.ConnectionRefused refused -> REFUSED;
                case MeshAnswer.Answered answered -> new AnsweredRequest(answered.response().status(),
                        answered.upstream().map(pod -> pod.labels().getOrDefault("version", "")).orElse(""),
                        answered.flags());
            };
        }
    }
}
