package dev.trafficlab.embedded.api.admission;

import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** The CEL rules that the CRD of ServiceEntry adds to its schema; as CEL does, they name the type of a value only. */
final class ServiceEntryRules {

    private static final String UNIX = "unix://";
    private static final Pattern PORT_NAME = Pattern.compile("[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?");

    private final FieldErrors errors;

    ServiceEntryRules(FieldErrors errors) {
        this.errors = errors;
    }

    void check(JsonNode spec) {
        JsonNode endpoints = spec.path("endpoints");
        for (int i = 0; i < endpoints.size(); i++) {
            checkEndpoint(endpoints.get(i), "spec.endpoints[" + i + "]");
        }
    }

    private void checkEndpoint(JsonNode endpoint, String path) {
        if (!endpoint.has("address") && !endpoint.has("network")) {
            errors.invalid(path, "object", "Address is required");
        }
        checkSocket(endpoint, path);
        endpoint.path("ports").properties().forEach(port -> {
            long number = port.getValue().asLong();
            if (number < 1 || number > 65535) {
                errors.invalid(path + ".ports." + port.getKey(), "integer", "port must be between 1-65535");
            }
        });
        boolean named = endpoint.path("ports").properties().stream()
                .allMatch(port -> port.getKey().length() < 63 && PORT_NAME.matcher(port.getKey()).matches());
        if (!named) {
            errors.invalid(path + ".ports", "object", "port name must be valid");
        }
    }

    private void checkSocket(JsonNode endpoint, String path) {
        String address = endpoint.path("address").asText();
        if (!address.startsWith(UNIX)) {
            return;
        }
        String file = address.substring(UNIX.length());
        if (List.of("/", "@").stream().noneMatch(file::startsWith)) {
            errors.invalid(path + ".address", "string", "UDS must be an absolute path or abstract socket");
        }
        if (address.endsWith("/")) {
            errors.invalid(path + ".address", "string", "UDS may not be a dir");
        }
        if (endpoint.has("ports")) {
            errors.invalid(path, "object", "UDS may not include ports");
        }
    }
}
