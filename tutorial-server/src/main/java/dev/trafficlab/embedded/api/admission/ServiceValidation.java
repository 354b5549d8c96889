package dev.trafficlab.embedded.api.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules for Services. */
final class ServiceValidation {

    private static final List<String> TYPES = List.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
    private static final List<String> AFFINITIES = List.of("ClientIP", "None");
    private static final String HEADLESS = "None";

    private final FieldErrors errors;

    ServiceValidation(FieldErrors errors) {
        this.errors = errors;
    }

    void check(JsonNode service, Optional<? extends JsonNode> old) {
        JsonNode spec = service.path("spec");
        String type = spec.path("type").asText();
        boolean external = type.equals("ExternalName");
        if (!TYPES.contains(type)) {
            errors.unsupported("spec.type", type, TYPES);
        }
        if (external) {
            checkExternalName(spec);
        } else if (spec.path("ports").isEmpty() && !spec.path("clusterIP").asText().equals(HEADLESS)) {
            errors.required("spec.ports", "");
        }
        checkPorts(spec.path("ports"), type);
        new MetadataValidation(errors).checkLabels(spec.path("selector"), "spec.selector");
        String affinity = spec.path("sessionAffinity").asText();
        if (affinity.isEmpty()) {
            errors.required("spec.sessionAffinity", "");
        } else if (!AFFINITIES.contains(affinity)) {
            errors.unsupported("spec.sessionAffinity", affinity, AFFINITIES);
        }
        checkClusterIp(spec);
        old.ifPresent(before -> checkClusterIpUnchanged(spec, before.path("spec")));
    }

    private void checkExternalName(JsonNode spec) {
        String name = spec.path("externalName").asText();
        if (name.isEmpty()) {
            errors.required("spec.externalName", "");
        } else {
            String relative = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            errors.invalidForEach("spec.externalName", name, Syntax.dnsSubdomain(relative));
        }
        if (!spec.path("clusterIP").asText().isEmpty()) {
            errors.forbidden("spec.clusterIPs[0]", "may not be set for ExternalName services");
        }
    }

    private void checkPorts(JsonNode ports, String type) {
        var names = new HashSet<String>();
        var numbers = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            String path = "spec.ports[" + i + "]";
            checkPortName(port.path("name").asText(), path + ".name", ports.size() > 1, names);
            int number = port.path("port").asInt();
            errors.invalidForEach(path + ".port", number, Syntax.portNumber(number));
            checkProtocol(port.path("protocol").asText(), path + ".protocol");
            checkTarget(port.path("targetPort"), path + ".targetPort");
            checkNodePort(port.path("nodePort"), path + ".nodePort", type);
            checkDuplicate(port, path, numbers);
        }
    }

    private void checkPortName(String name, String path, boolean required, Set<String> names) {
        if (name.isEmpty()) {
            if (required) {
                errors.required(path, "");
            }
            return;
        }
        errors.invalidForEach(path, name, Syntax.dnsLabel(name));
        if (!names.add(name)) {
            errors.duplicate(path, name);
        }
    }

    private void checkProtocol(String protocol, String path) {
        if (protocol.isEmpty()) {
            errors.required(path, "");
        } else if (!PROTOCOLS.contains(protocol)) {
            errors.unsupported(path, protocol, PROTOCOLS);
        }
    }

    private void checkTarget(JsonNode target, String path) {
        if (target.isTextual()) {
            errors.invalidForEach(path, target, Syntax.portName(target.textValue()));
        } else if (target.isNumber()) {
            errors.invalidForEach(path, target, Syntax.portNumber(target.asInt()));
        }
    }

    private void checkNodePort(JsonNode nodePort, String path, String type) {
        int number = nodePort.asInt();
        if (number == 0) {
            return;
        }
        if (type.equals("ClusterIP")) {
            errors.forbidden(path, "may not be used when `type` is 'ClusterIP'");
        } else if (number < 30000 || number > 32767) {
            errors.invalid(path, number,
                    "provided port is not in the valid range. The range of valid ports is 30000-32767");
        }
    }

    private void checkDuplicate(JsonNode port, String path, Set<String> seen) {
        String protocol = port.path("protocol").asText();
        if (!seen.add(protocol + "/" + port.path("port").asInt())) {
            errors.duplicate(path, GoJson.servicePort(port));
        }
    }

    private void checkClusterIp(JsonNode spec) {
        String address = spec.path("clusterIP").asText();
        if (!address.isEmpty() && !address.equals(HEADLESS) && !IpAddresses.isAddress(address)) {
            errors.invalid("spec.clusterIPs[0]", address,
                    "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
    }

    private void checkClusterIpUnchanged(JsonNode spec, JsonNode before) {
        String was = before.path("clusterIP").asText();
        String is = spec.path("clusterIP").asText();
        boolean nameOnly = before.path("type").asText().equals("ExternalName")
                || spec.path("type").asText().equals("ExternalName");
        // An update that leaves the address out keeps it.
        if (!was.isEmpty() && !is.isEmpty() && !nameOnly && !was.equals(is)) {
            errors.invalid("spec.clusterIPs[0]", new FieldErrors.Raw("[" + FieldErrors.quote(is) + "]"),
                    "may not change once set");
        }
    }
}
