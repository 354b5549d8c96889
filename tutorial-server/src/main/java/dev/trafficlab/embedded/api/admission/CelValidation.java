package dev.trafficlab.embedded.api.admission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;

/** The CEL rules that Istio's CRDs add to their schemas, beyond those of durations ({@code x-kubernetes-validations}). */
final class CelValidation {

    private static final String UNIX = "unix://";
    private static final Pattern PORT_NAME = Pattern.compile("[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?");
    private static final Set<String> CIDR_RESOLUTIONS = Set.of("STATIC", "NONE");

    private final FieldErrors errors;

    CelValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** Checks the spec of the kind. */
    void check(String kind, JsonNode spec) {
        switch (kind) {
            case "Gateway" -> forEach(spec.path("servers"), "spec.servers", this::checkTls);
            case "DestinationRule" -> checkMatchLabels(spec.at("/workloadSelector/matchLabels"),
                    "spec.workloadSelector.matchLabels");
            case "ServiceEntry" -> checkServiceEntry(spec);
            case "Sidecar" -> {
                forEach(spec.path("ingress"), "spec.ingress", this::checkTls);
                checkSelector(spec);
            }
            default -> {
                // durations alone
            }
        }
    }

    private void checkTls(JsonNode server, String path) {
        JsonNode tls = server.path("tls");
        atMostOne(tls, path, "credentialNames", "tlsCertificates", "credentialNames or tlsCertificates");
        atMostOne(tls, path, "credentialName", "credentialNames", "credentialName or credentialNames");
        atMostOne(tls, path, "credentialNames", "tlsCertificates", "credentialName or tlsCertificates");
    }

    private void atMostOne(JsonNode tls, String path, String one, String other, String names) {
        if (tls.has(one) && tls.has(other)) {
            errors.refused(path + ".tls", "only one of " + names + " can be set");
        }
    }

    private void checkMatchLabels(JsonNode labels, String path) {
        List<String> keys = labels.properties().stream().map(Map.Entry::getKey).toList();
        if (keys.stream().anyMatch(key -> key.contains("*"))) {
            errors.refused(path, "wildcard not allowed in label key match");
        }
        if (keys.contains("")) {
            errors.refused(path, "key must not be empty");
        }
        checkNoWildcard(labels, path, "wildcard not allowed in label value match");
    }

    private void checkSelector(JsonNode spec) {
        checkNoWildcard(spec.at("/workloadSelector/labels"), "spec.workloadSelector.labels",
                "wildcard is not supported in selector");
    }

    private void checkNoWildcard(JsonNode labels, String path, String rule) {
        labels.properties()
                .stream()
                .filter(label -> label.getValue().asText().contains("*"))
                .forEach(label -> errors.invalid(path + "[" + label.getKey() + "]", label.getValue(), rule));
    }

    private void checkServiceEntry(JsonNode spec) {
        String resolution = spec.path("resolution").asText("NONE");
        JsonNode endpoints = spec.path("endpoints");
        requireSpec(!(spec.has("workloadSelector") && spec.has("endpoints")),
                "only one of WorkloadSelector or Endpoints can be set");
        requireSpec(CIDR_RESOLUTIONS.contains(resolution) || spec.path("addresses")
                .valueStream()
                .noneMatch(address -> address.asText().contains("/")),
                "CIDR addresses are allowed only for NONE/STATIC resolution types");
        requireSpec(!(resolution.equals("NONE") && spec.has("endpoints")), "NONE mode cannot set endpoints");
        requireSpec(!resolution.equals("DNS_ROUND_ROBIN") || endpoints.size() <= 1,
                "DNS_ROUND_ROBIN mode cannot have multiple endpoints");
        forEach(spec.path("hosts"), "spec.hosts", this::checkHost);
        checkPorts(spec.path("ports"));
        forEach(endpoints, "spec.endpoints", this::checkEndpoint);
        checkSelector(spec);
    }

    private void requireSpec(boolean holds, String rule) {
        if (!holds) {
            errors.refused("spec", rule);
        }
    }

    private void checkHost(JsonNode host, String path) {
        require(host, value -> !value.asText().equals("*"), path, "hostname cannot be wildcard");
    }

    private void checkPorts(JsonNode ports) {
        Map<Long, Integer> numbers = new HashMap<>();
        ports.forEach(port -> numbers.merge(port.path("number").asLong(), 1, Integer::sum));
        if (numbers.values().stream().anyMatch(count -> count > 1)) {
            errors.refused("spec.ports", "port number cannot be duplicated");
        }
        forEach(ports, "spec.ports", (port, path) -> {
            checkPort(port.path("number"), path + ".number");
            checkPort(port.path("targetPort"), path + ".targetPort");
        });
    }

    private void checkPort(JsonNode number, String path) {
        require(number, value -> value.asLong() > 0 && value.asLong() <= 65535, path, "port must be between 1-65535");
    }

    private void checkEndpoint(JsonNode endpoint, String path) {
        JsonNode address = endpoint.path("address");
        boolean socket = address.asText().startsWith(UNIX);
        JsonNode ports = endpoint.path("ports");
        if (!endpoint.has("address") && !endpoint.has("network")) {
            errors.refused(path, "Address is required");
        }
        if (socket && endpoint.has("ports")) {
            errors.refused(path, "UDS may not include ports");
        }
        if (socket) {
            require(address, value -> value.asText().matches("unix://[/@](?s:.*)"), path + ".address",
                    "UDS must be an absolute path or abstract socket");
            require(address, value -> !value.asText().endsWith("/"), path + ".address", "UDS may not be a dir");
        }
        if (!ports.properties().stream().allMatch(port -> isPortName(port.getKey()))) {
            errors.refused(path + ".ports", "port name must be valid");
        }
        ports.properties().forEach(port -> checkPort(port.getValue(), path + ".ports[" + port.getKey() + "]"));
    }

    private static boolean isPortName(String name) {
        return name.length() < 63 && PORT_NAME.matcher(name).matches();
    }

    private void require(JsonNode value, Predicate<JsonNode> holds, String path, String rule) {
        if (!value.isMissingNode() && !holds.test(value)) {
            errors.invalid(path, value, rule);
        }
    }

    private static void forEach(JsonNode list, String path, Visit visit) {
        for (int i = 0; i < list.size(); i++) {
            visit.on(list.get(i), path + "[" + i + "]");
        }
    }

    @FunctionalInterface
    private interface Visit {
        void on(JsonNode value, String path);
    }
}
