package dev.trafficlab.embedded.api.admission.istio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.api.admission.GoDuration;

/** A protobuf message as JSON: an unset field reads as protobuf's zero value. The schema has been checked. */
public record ProtoJson(JsonNode json) {

    private static final List<String> PORT_FIELDS = List.of("number", "protocol", "name", "targetPort");

    public boolean has(String field) {
        return json.hasNonNull(field);
    }

    public String text(String field) {
        return has(field) ? json.get(field).asText() : "";
    }

    public boolean isSet(String field) {
        return !text(field).isEmpty();
    }

    public long number(String field) {
        return json.path(field).asLong();
    }

    public double decimal(String field) {
        return json.path(field).asDouble();
    }

    public boolean flag(String field) {
        return json.path(field).asBoolean();
    }

    /** The message in the field, as one without fields when it is not set. */
    public ProtoJson at(String field) {
        return new ProtoJson(json.path(field));
    }

    public Optional<ProtoJson> message(String field) {
        return has(field) ? Optional.of(at(field)) : Optional.empty();
    }

    public List<ProtoJson> messages(String field) {
        return json.path(field).valueStream().map(ProtoJson::new).toList();
    }

    public List<String> texts(String field) {
        return json.path(field).valueStream().map(JsonNode::asText).toList();
    }

    /** The names in a map of strings or messages, sorted, so that the same object is always answered with the same text. */
    public List<String> keys(String field) {
        var keys = new ArrayList<String>();
        json.path(field).fieldNames().forEachRemaining(keys::add);
        return keys.stream().sorted().toList();
    }

    public Map<String, String> strings(String field) {
        return json.path(field)
                .properties()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText(), (one, other) -> one,
                        TreeMap::new));
    }

    /** The duration in nanoseconds; nothing when the field is not set. */
    public OptionalLong duration(String field) {
        return isSet(field) ? GoDuration.parse(text(field)) : OptionalLong.empty();
    }

    /** As protobuf prints a Port: the fields that are set, in the order of their numbers. */
    String printPort() {
        return PORT_FIELDS.stream()
                .filter(field -> isSet(field) && !text(field).equals("0"))
                .map(field -> field.replace("targetPort", "target_port") + ":" + (json.get(field).isTextual()
                        ? DomainNames.quote(json.get(field).textValue())
                        : json.get(field).asText()))
                .collect(Collectors.joining(" "));
    }
}
