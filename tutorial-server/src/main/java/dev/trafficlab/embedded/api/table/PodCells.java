package dev.trafficlab.embedded.api.table;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** What {@code kubectl get pods} says of a pod ({@code printPod} in Kubernetes' {@code pkg/printers/internalversion}). */
final class PodCells {

    private PodCells() {}

    static List<Column> columns() {
        return List.of(Column.named(), Column.string("Ready", PodCells::ready), Column.string("Status",
                PodCells::status),
                Column.timed("Restarts", PodCells::restarts), Column.age(),
                Column.string("IP", pod -> orNone(pod.at("/status/podIP").asText())).wide(),
                Column.string("Node", pod -> orNone(pod.at("/spec/nodeName").asText())).wide(),
                Column.string("Nominated Node", pod -> orNone(pod.at("/status/nominatedNodeName").asText())).wide(),
                Column.string("Readiness Gates", pod -> "<none>").wide());
    }

    private static String ready(JsonNode pod) {
        long total = pod.at("/spec/containers").size() + sidecars(pod).count();
        long ready = running(pod).filter(status -> status.path("ready").asBoolean()).count();
        return ready + "/" + total;
    }

    private static String status(JsonNode pod) {
        if (pod.at("/metadata").hasNonNull("deletionTimestamp")) {
            return "Terminating";
        }
        return initStatus(pod).or(() -> containerStatus(pod)).orElseGet(() -> plainStatus(pod));
    }

    private static String plainStatus(JsonNode pod) {
        String reason = pod.at("/status/reason").asText();
        return reason.isEmpty() ? pod.at("/status/phase").asText("Unknown") : reason;
    }

    /** The first init container that holds the pod up, as {@code Init:0/1} or {@code Init:ImagePullBackOff}. */
    private static Optional<String> initStatus(JsonNode pod) {
        JsonNode statuses = pod.at("/status/initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode status = statuses.get(i);
            boolean done = status.at("/state/terminated/exitCode").asInt(-1) == 0
                    || isSidecar(pod, status) && status.path("started").asBoolean();
            if (!done) {
                String waiting = status.at("/state/waiting/reason").asText();
                boolean plain = waiting.isEmpty() || waiting.equals("PodInitializing");
                return Optional.of("Init:" + (plain ? i + "/" + pod.at("/spec/initContainers").size() : waiting));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> containerStatus(JsonNode pod) {
        return stream(pod.at("/status/containerStatuses")).map(PodCells::reason)
                .flatMap(Optional::stream)
                .reduce((first, later) -> first);
    }

    private static Optional<String> reason(JsonNode status) {
        String waiting = status.at("/state/waiting/reason").asText();
        String terminated = status.at("/state/terminated/reason").asText();
        return Stream.of(waiting, terminated).filter(reason -> !reason.isEmpty()).findFirst();
    }

    private static String restarts(JsonNode pod, Instant now) {
        long count = running(pod).mapToLong(status -> status.path("restartCount").asLong()).sum();
        Optional<String> last = running(pod).map(status -> status.at("/lastState/terminated/finishedAt").asText())
                .filter(time -> !time.isEmpty())
                .max(String::compareTo);
        return count == 0 || last.isEmpty() ? Long.toString(count)
                : count + " (" + HumanDuration.since(last.get(), now) + " ago)";
    }

    private static Stream<JsonNode> running(JsonNode pod) {
        return Stream.concat(stream(pod.at("/status/containerStatuses")),
                stream(pod.at("/status/initContainerStatuses")).filter(status -> isSidecar(pod, status)));
    }

    private static boolean isSidecar(JsonNode pod, JsonNode status) {
        return sidecars(pod).anyMatch(container -> container.path("name").equals(status.path("name")));
    }

    private static Stream<JsonNode> sidecars(JsonNode pod) {
        return stream(pod.at("/spec/initContainers"))
                .filter(container -> container.path("restartPolicy").asText().equals("Always"));
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static String orNone(String value) {
        return value.isEmpty() ? "<none>" : value;
    }
}
