package dev.trafficlab.embedded.mesh.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads what Kubernetes and Istio write in JSON. Absent fields read as empty. */
public final class Json {

    private static final Pattern DURATION_PART = Pattern.compile(
            "\\G[-+]?+(\\d++(?:\\.\\d*+)?+|\\.\\d++)(h|ms|us|ns|m|s)");

    private Json() {}

    /** A text, empty when absent. */
    public static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isNull() ? "" : value.asText("");
    }

    /** A list of texts. */
    public static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        node.path(field).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    /** A map of texts. */
    public static Map<String, String> textMap(JsonNode node) {
        Map<String, String> map = LinkedHashMap.newLinkedHashMap(node.size());
        node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }

    /** Whether the field is there, be it empty. */
    public static boolean has(JsonNode node, String field) {
        return !node.path(field).isMissingNode() && !node.path(field).isNull();
    }

    /** Whether everything wanted is among the labels. */
    public static boolean selects(Map<String, String> wanted, Map<String, String> labels) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    /** A duration as protobuf and Go write it: {@code 1.5s}, {@code 1h30m}; 0 when absent. */
    public static long millis(JsonNode node, String field) {
        Matcher part = DURATION_PART.matcher(text(node, field));
        double millis = 0;
        while (part.find()) {
            millis += Double.parseDouble(part.group(1)) * switch (part.group(2)) {
                case "h" -> 3_600_000;
                case "m" -> 60_000;
                case "s" -> 1_000;
                case "ms" -> 1;
                case "us" -> 1e-3;
                default -> 1e-6;
            };
        }
        return Math.round(millis);
    }

    /** A percentage ({@code {value: 0.1}}) in millionths. */
    public static int millionths(JsonNode percent) {
        return (int) (percent.path("value").asDouble() * 10_000);
    }
}
