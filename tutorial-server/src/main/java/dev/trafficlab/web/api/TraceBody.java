package dev.trafficlab.web.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.TracedAnswer;

/**
 * One request's routing trace as the API shows it.
 *
 * @param answer how the request ended
 * @param stages the decisions in their order, the last one being the answer
 */
record TraceBody(AnswerBody answer, List<StageBody> stages) {

    static TraceBody of(TracedAnswer traced) {
        return new TraceBody(AnswerBody.of(traced.answer()), traced.trace()
                .stages()
                .stream()
                .map(StageBody::of)
                .toList());
    }

    /**
     * How the request ended.
     *
     * @param status HTTP status, absent when the connection was refused
     * @param refused why the connection was refused, absent when it was not
     * @param flags Envoy's response flags
     * @param pod the pod that answered, absent when the proxy did
     * @param version that pod's version label
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record AnswerBody(OptionalInt status, Optional<String> refused, List<String> flags, Optional<String> pod,
            Optional<String> version) {

        static AnswerBody of(MeshAnswer answer) {
            return switch (answer) {
                case MeshAnswer.ConnectionRefused refused -> new AnswerBody(OptionalInt.empty(), Optional.of(refused
                        .reason()),
                        List.of(), Optional.empty(), Optional.empty());
                case MeshAnswer.Answered answered -> new AnswerBody(OptionalInt.of(answered.response().status()),
                        Optional.empty(), answered.flags(), answered.upstream().map(MeshAnswer.Upstream::pod),
                        answered.upstream().flatMap(pod -> Optional.ofNullable(pod.labels().get("version"))));
            };
        }
    }

    /**
     * One decision.
     *
     * @param name which
     * @param outcome {@code passed}, {@code skipped} or {@code ended}
     * @param reason one plain sentence
     * @param facts the figures behind it
     */
    record StageBody(String name, String outcome, String reason, Map<String, String> facts) {

        static StageBody of(RoutingTrace.Stage stage) {
            return new StageBody(stage.name(), stage.outcome().name().toLowerCase(Locale.ROOT), stage.reason(), stage
                    .facts());
        }
    }
}
