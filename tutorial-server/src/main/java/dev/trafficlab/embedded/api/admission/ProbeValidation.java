package dev.trafficlab.embedded.api.admission;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules for a container's probes. */
final class ProbeValidation {

    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> NUMBERS = List.of("initialDelaySeconds", "timeoutSeconds", "periodSeconds",
            "successThreshold", "failureThreshold");

    private final FieldErrors errors;

    ProbeValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** @param oneSuccess whether a single success must do, as it must for all probes but that of readiness */
    void check(JsonNode probe, String path, boolean oneSuccess) {
        List<String> handlers = HANDLERS.stream().filter(handler -> probe.path(handler).isObject()).toList();
        if (handlers.isEmpty()) {
            errors.required(path, "must specify a handler type");
        }
        handlers.stream()
                .skip(1)
                .forEach(handler -> errors.forbidden(path + "." + handler, "may not specify more than 1 handler type"));
        checkPort(probe.path("httpGet"), path + ".httpGet");
        checkPort(probe.path("tcpSocket"), path + ".tcpSocket");
        NUMBERS.stream()
                .filter(field -> probe.path(field).asInt() < 0)
                .forEach(field -> errors
                        .invalid(path + "." + field, probe.get(field), "must be greater than or equal to 0"));
        if (oneSuccess && probe.path("successThreshold").asInt(1) > 1) {
            errors.invalid(path + ".successThreshold", probe.get("successThreshold"), "must be 1");
        }
    }

    private void checkPort(JsonNode handler, String path) {
        if (!handler.isObject()) {
            return;
        }
        JsonNode port = handler.path("port");
        if (port.isTextual()) {
            errors.invalidForEach(path + ".port", port, Syntax.portName(port.textValue()));
        } else {
            errors.invalidForEach(path + ".port", port.asInt(), Syntax.portNumber(port.asInt()));
        }
    }
}
