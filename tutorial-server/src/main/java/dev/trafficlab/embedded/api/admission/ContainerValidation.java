package dev.trafficlab.embedded.api.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules for the containers of one pod. */
final class ContainerValidation {

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private final FieldErrors errors;
    private final Set<String> volumes;
    private final Set<String> names;

    /**
     * @param volumes the names of the pod's volumes
     * @param names the names of its containers so far, added to by each check
     */
    ContainerValidation(FieldErrors errors, Set<String> volumes, Set<String> names) {
        this.errors = errors;
        this.volumes = volumes;
        this.names = names;
    }

    void check(JsonNode container, String path) {
        checkName(container.path("name").asText(), path + ".name");
        checkImage(container.path("image").asText(), path + ".image");
        String policy = container.path("imagePullPolicy").asText();
        if (!policy.isEmpty() && !PULL_POLICIES.contains(policy)) {
            errors.unsupported(path + ".imagePullPolicy", policy, PULL_POLICIES);
        }
        checkPorts(container.path("ports"), path + ".ports");
        checkEnvironment(container.path("env"), path + ".env");
        checkMounts(container.path("volumeMounts"), path + ".volumeMounts");
        checkResources(container.path("resources"), path + ".resources");
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.path(probe).isObject()) {
                new ProbeValidation(errors).check(container.get(probe), path + "." + probe, !probe.equals(
                        "readinessProbe"));
            }
        }
    }

    /** Only of a Pod itself: a template's image is looked at when a Pod is made of it. */
    void checkImageOfPod(JsonNode container, String path) {
        String image = container.path("image").asText();
        if (!image.equals(image.strip())) {
            errors.invalid(path + ".image", image, "must not have leading or trailing whitespace");
        }
    }

    private void checkName(String name, String path) {
        if (name.isEmpty()) {
            errors.required(path, "");
            return;
        }
        errors.invalidForEach(path, name, Syntax.dnsLabel(name));
        if (!names.add(name)) {
            errors.duplicate(path, name);
        }
    }

    private void checkImage(String image, String path) {
        if (image.isEmpty()) {
            errors.required(path, "");
        }
    }

    private void checkPorts(JsonNode ports, String path) {
        var portNames = new HashSet<String>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            String at = path + "[" + i + "]";
            String name = port.path("name").asText();
            if (!name.isEmpty()) {
                List<String> wrong = Syntax.portName(name);
                errors.invalidForEach(at + ".name", name, wrong);
                if (wrong.isEmpty() && !portNames.add(name)) {
                    errors.duplicate(at + ".name", name);
                }
            }
            checkPortNumber(port, at);
            String protocol = port.path("protocol").asText();
            if (!protocol.isEmpty() && !PROTOCOLS.contains(protocol)) {
                errors.unsupported(at + ".protocol", protocol, PROTOCOLS);
            }
        }
    }

    private void checkPortNumber(JsonNode port, String path) {
        int number = port.path("containerPort").asInt();
        if (number == 0) {
            errors.required(path + ".containerPort", "");
        } else {
            errors.invalidForEach(path + ".containerPort", number, Syntax.portNumber(number));
        }
    }

    private void checkEnvironment(JsonNode variables, String path) {
        for (int i = 0; i < variables.size(); i++) {
            JsonNode variable = variables.get(i);
            String at = path + "[" + i + "]";
            String name = variable.path("name").asText();
            if (name.isEmpty()) {
                errors.required(at + ".name", "");
            } else if (name.contains("=") || name.chars().anyMatch(c -> c < ' ' || c > '~')) {
                errors.invalid(at + ".name", name,
                        "a valid environment variable name must consist only of printable ASCII characters other than '='");
            }
            checkValueFrom(variable, at + ".valueFrom");
        }
    }

    private void checkValueFrom(JsonNode variable, String path) {
        JsonNode from = variable.path("valueFrom");
        if (!from.isObject()) {
            return;
        }
        if (!variable.path("value").asText().isEmpty()) {
            errors.invalid(path, "", "may not be specified when `value` is not empty");
        } else if (from.isEmpty()) {
            errors.invalid(path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, "
                    + "`secretKeyRef` or `fileKeyRef`");
        } else if (from.size() > 1) {
            errors.invalid(path, "", "may not have more than one field specified at a time");
        }
    }

    private void checkMounts(JsonNode mounts, String path) {
        var paths = new HashSet<String>();
        for (int i = 0; i < mounts.size(); i++) {
            String at = path + "[" + i + "]";
            String name = mounts.get(i).path("name").asText();
            String mountPath = mounts.get(i).path("mountPath").asText();
            if (name.isEmpty()) {
                errors.required(at + ".name", "");
            } else if (!volumes.contains(name)) {
                errors.notFound(at + ".name", name);
            }
            if (mountPath.isEmpty()) {
                errors.required(at + ".mountPath", "");
            } else if (!paths.add(mountPath)) {
                errors.invalid(at + ".mountPath", mountPath, "must be unique");
            }
        }
    }

    private void checkResources(JsonNode resources, String path) {
        JsonNode limits = resources.path("limits");
        resources.path("requests").properties().forEach(request -> {
            String name = request.getKey();
            if (limits.has(name) && Amount.of(request.getValue()).compareTo(Amount.of(limits.get(name))) > 0) {
                errors.invalid(path + ".requests", request.getValue().asText(),
                        "must be less than or equal to " + name + " limit of " + limits.get(name).asText());
            }
        });
    }
}
