package dev.trafficlab.embedded.controller.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.controller.Conditions;
import dev.trafficlab.embedded.controller.Conditions.Condition;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.controller.Timestamps;

/** Tells how far a Deployment's rollout is: the counts and conditions that {@code kubectl rollout status} waits for. */
final class DeploymentStatus {

    private static final String PROGRESSING = "Progressing";

    private final ObjectClient state;
    private final InstantSource clock;

    DeploymentStatus(ObjectClient state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    /** Writes the status; the time until the rollout has to be given up, when it is under way. */
    Optional<Duration> tell(Rollout rollout) {
        Resource written = state.editStatus(Kind.DEPLOYMENT, rollout.deployment(), status -> fill(status, rollout));
        return untilDeadline(rollout, written);
    }

    private void fill(ObjectNode status, Rollout rollout) {
        String now = Timestamps.now(clock);
        boolean progressed = hasProgressed(rollout.deployment().status(), rollout);
        int total = Rollout.sum(rollout.all(), Rollout::wanted);
        int available = Rollout.sum(rollout.all(), Rollout::available);
        status.put("observedGeneration", rollout.deployment().generation());
        put(status, "replicas", Rollout.sum(rollout.all(), Rollout::actual));
        put(status, "updatedReplicas", rollout.current().map(Rollout::actual).orElse(0));
        put(status, "readyReplicas", Rollout.sum(rollout.all(), Rollout::ready));
        put(status, "availableReplicas", available);
        put(status, "unavailableReplicas", Math.max(0, total - available));
        progressing(rollout, status, progressed)
                .ifPresent(condition -> note(status, condition, progressed, now));
        Conditions.update(status, available >= rollout.fewestAvailable()
                ? new Condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
                : new Condition("Available", "False", "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability."),
                now);
        Optional<JsonNode> failure = rollout.current().flatMap(set -> Conditions.find(set.status(), "ReplicaFailure"));
        failure.ifPresentOrElse(found -> Conditions.update(status, new Condition("ReplicaFailure", "True",
                found.path("reason").asText(), found.path("message").asText()), now),
                () -> Conditions.remove(status, "ReplicaFailure"));
    }

    private static void note(ObjectNode status, Condition condition, boolean progressed, String now) {
        Conditions.update(status, condition, now);
        if (progressed) {
            ((ObjectNode) Conditions.find(status, PROGRESSING).orElseThrow()).put("lastUpdateTime", now);
        }
    }

    private static void put(ObjectNode status, String field, int count) {
        if (count == 0) {
            status.remove(field);
        } else {
            status.put(field, count);
        }
    }

    /** More pods of the new template, or fewer of the old ones, than the status told last. */
    private static boolean hasProgressed(JsonNode told, Rollout rollout) {
        int updated = rollout.current().map(Rollout::actual).orElse(0);
        int old = Rollout.sum(rollout.old(), Rollout::actual);
        return updated > told.path("updatedReplicas").asInt()
                || old < told.path("replicas").asInt() - told.path("updatedReplicas").asInt()
                || Rollout.sum(rollout.all(), Rollout::ready) > told.path("readyReplicas").asInt()
                || Rollout.sum(rollout.all(), Rollout::available) > told.path("availableReplicas").asInt();
    }

    private Optional<Condition> progressing(Rollout rollout, JsonNode status, boolean progressed) {
        Optional<JsonNode> before = Conditions.find(status, PROGRESSING);
        String reason = before.map(condition -> condition.path("reason").asText()).orElse("");
        if (rollout.isPaused()) {
            return Optional.of(new Condition(PROGRESSING, "Unknown", "DeploymentPaused", "Deployment is paused"));
        }
        if (reason.equals("DeploymentPaused")) {
            return Optional.of(new Condition(PROGRESSING, "Unknown", "DeploymentResumed", "Deployment is resumed"));
        }
        String name = "\"" + rollout.current().orElse(rollout.deployment()).name() + "\"";
        String set = (rollout.current().isPresent() ? "ReplicaSet " : "Deployment ") + name;
        if (rollout.isComplete()) {
            return Optional.of(new Condition(PROGRESSING, "True", "NewReplicaSetAvailable",
                    set + " has successfully progressed."));
        }
        boolean isNew = before.filter(condition -> condition.path("message").asText().contains(name)).isEmpty();
        if (isNew && rollout.current().isPresent()) {
            return Optional.of(new Condition(PROGRESSING, "True", "NewReplicaSetCreated",
                    "Created new replica set " + name));
        }
        if (progressed) {
            return Optional.of(new Condition(PROGRESSING, "True", "ReplicaSetUpdated", set + " is progressing."));
        }
        return deadline(rollout, before).filter(time -> !reason.equals("NewReplicaSetAvailable")
                && time.isBefore(clock.instant()))
                .map(passed -> new Condition(PROGRESSING, "False", "ProgressDeadlineExceeded", set
                        + " has timed out progressing."));
    }

    private Optional<Duration> untilDeadline(Rollout rollout, Resource written) {
        Optional<JsonNode> condition = Conditions.find(written.status(), PROGRESSING);
        String reason = condition.map(found -> found.path("reason").asText()).orElse("");
        if (rollout.isPaused() || rollout.isComplete() || reason.equals("ProgressDeadlineExceeded")
                || reason.equals("NewReplicaSetAvailable")) {
            return Optional.empty();
        }
        return deadline(rollout, condition).map(time -> Duration.between(clock.instant(), time).plusSeconds(1));
    }

    private static Optional<Instant> deadline(Rollout rollout, Optional<JsonNode> progressing) {
        int seconds = rollout.deployment().spec().path("progressDeadlineSeconds").asInt(600);
        return progressing.map(condition -> Timestamps.parse(condition.path("lastUpdateTime").asText())
                .plusSeconds(seconds));
    }
}
