package dev.trafficlab.embedded.controller.pod;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Resource;

/** The environment variables of a container: literal ones, and those that come from ConfigMaps or from the pod itself. */
final class ContainerEnvironment {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Za-z_.-][A-Za-z0-9_.-]*)\\)");
    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

    private final ObjectClient state;
    private final Resource pod;
    private final String ip;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private long characters;

    private ContainerEnvironment(ObjectClient state, Resource pod, String ip) {
        this.state = state;
        this.pod = pod;
        this.ip = ip;
    }

    /** Something that a variable refers to is not there; the message names it, as the kubelet does. */
    static final class MissingException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String message;

        MissingException(String message) {
            super(message);
            this.message = message;
        }

        @Override
        public String getMessage() {
            return message;
        }
    }

    static Map<String, String> of(ObjectClient state, Resource pod, String ip, JsonNode container)
            throws MissingException {
        ContainerEnvironment environment = new ContainerEnvironment(state, pod, ip);
        for (JsonNode source : container.path("envFrom")) {
            environment.addAll(source);
        }
        for (JsonNode variable : container.path("env")) {
            Optional<String> value = environment.value(variable);
            if (value.isPresent()) {
                environment.put(variable.path("name").asText(), value.get());
            }
        }
        return environment.variables;
    }

    private void addAll(JsonNode source) throws MissingException {
        JsonNode reference = source.path("configMapRef");
        Optional<Resource> map = configMap(reference);
        if (map.isPresent()) {
            for (var entry : Resource.strings(map.get().json().path("data")).entrySet()) {
                put(source.path("prefix").asText() + entry.getKey(), entry.getValue());
            }
        }
    }

    /** Each reference may repeat all that was before it, so variables can double one another: Linux starts no such process. */
    private void put(String name, String value) throws MissingException {
        characters += name.length() + value.length();
        if (characters > Bounds.ENVIRONMENT_CHARACTERS) {
            throw new MissingException("failed to start container: argument list too long");
        }
        variables.put(name, value);
    }

    private Optional<String> value(JsonNode variable) throws MissingException {
        JsonNode from = variable.path("valueFrom");
        if (from.has("fieldRef")) {
            return Optional.of(field(from.path("fieldRef").path("fieldPath").asText()));
        }
        if (from.has("configMapKeyRef")) {
            return entry(from.path("configMapKeyRef"));
        }
        if (from.has("secretKeyRef")) {
            return optional(from.path("secretKeyRef"), "secret \"" + from.path("secretKeyRef").path("name").asText()
                    + "\" not found");
        }
        return Optional.of(expand(variable.path("value").asText()));
    }

    private Optional<String> entry(JsonNode reference) throws MissingException {
        Optional<Resource> map = configMap(reference);
        if (map.isEmpty()) {
            return Optional.empty();
        }
        JsonNode value = map.get().json().path("data").path(reference.path("key").asText());
        return value.isTextual()
                ? Optional.of(value.asText())
                : optional(reference, "couldn't find key " + reference.path("key").asText() + " in ConfigMap "
                        + pod.namespace() + "/" + map.get().name());
    }

    private Optional<Resource> configMap(JsonNode reference) throws MissingException {
        String name = reference.path("name").asText();
        Optional<Resource> map = state.find(Kind.CONFIG_MAP, pod.namespace(), name);
        if (map.isEmpty()) {
            optional(reference, "configmap \"" + name + "\" not found");
        }
        return map;
    }

    private static Optional<String> optional(JsonNode reference, String missing) throws MissingException {
        if (!reference.path("optional").asBoolean()) {
            throw new MissingException(missing);
        }
        return Optional.empty();
    }

    private String field(String path) {
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            return pod.metadata().path(keyed.group(1)).path(keyed.group(2)).asText();
        }
        return switch (path) {
            case "status.podIP", "status.podIPs" -> ip;
            case "status.hostIP", "status.hostIPs" -> NodeObject.IP;
            default -> pod.json().at("/" + path.replace('.', '/')).asText();
        };
    }

    /** {@code $(NAME)} stands for an earlier variable; one that does not exist stays as it is written, and {@code $$} is a dollar. */
    private String expand(String text) throws MissingException {
        StringBuilder expanded = new StringBuilder();
        Matcher reference = REFERENCE.matcher(text);
        int end = 0;
        for (; reference.find(); end = reference.end()) {
            expanded.append(text, end, reference.start())
                    .append(reference.group(1) == null
                            ? "$"
                            : variables.getOrDefault(reference.group(1), reference.group()));
            if (expanded.length() > Bounds.ENVIRONMENT_CHARACTERS) {
                throw new MissingException("failed to start container: argument list too long");
            }
        }
        return expanded.append(text, end, text.length()).toString();
    }
}
