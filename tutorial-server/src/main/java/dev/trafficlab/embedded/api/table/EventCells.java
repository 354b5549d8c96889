package dev.trafficlab.embedded.api.table;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** Events as {@code kubectl get events} prints them. */
final class EventCells {

    private EventCells() {}

    static List<Column> columns() {
        return List.of(Column.timed("Last Seen", EventCells::lastSeen),
                Column.string("Type", it -> it.path("type").asText()),
                Column.string("Reason", it -> it.path("reason").asText()), Column.string("Object", EventCells::object),
                Column.string("Subobject", it -> it.at("/involvedObject/fieldPath").asText()).wide(),
                Column.string("Source", EventCells::source).wide(),
                Column.string("Message", it -> it.path("message").asText().strip()),
                Column.timed("First Seen", (it, now) -> HumanDuration.since(first(it, "firstTimestamp"), now)).wide(),
                Column.integer("Count", it -> Math.max(1, it.path("count").asInt())).wide(), Column.named().wide());
    }

    private static String lastSeen(JsonNode event, Instant now) {
        return HumanDuration.since(first(event, "lastTimestamp"), now);
    }

    private static String first(JsonNode event, String field) {
        return Stream.of(event.path(field), event.path("eventTime"), event.at("/metadata/creationTimestamp"))
                .map(JsonNode::asText)
                .filter(time -> !time.isEmpty() && !time.equals("null"))
                .findFirst()
                .orElse("");
    }

    private static String object(JsonNode event) {
        JsonNode involved = event.path("involvedObject");
        return involved.path("kind").asText().toLowerCase(Locale.ROOT) + "/" + involved.path("name").asText();
    }

    private static String source(JsonNode event) {
        String component = event.at("/source/component").asText(event.path("reportingComponent").asText());
        String host = event.at("/source/host").asText();
        return host.isEmpty() ? component : component + ", " + host;
    }
}
