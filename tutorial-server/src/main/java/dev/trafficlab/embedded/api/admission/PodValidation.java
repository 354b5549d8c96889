package dev.trafficlab.embedded.api.admission;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The rules for pods and the templates they are made from. */
final class PodValidation {

    private static final List<String> MUTABLE = List.of("activeDeadlineSeconds", "tolerations",
            "terminationGracePeriodSeconds", "schedulingGates");

    private final FieldErrors errors;

    PodValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** A pod's spec at the path. */
    void check(JsonNode spec, String path) {
        Set<String> volumes = checkVolumes(spec.path("volumes"), path + ".volumes");
        checkContainers(spec, path, volumes);
        checkPolicies(spec, path);
        if (spec.path("terminationGracePeriodSeconds").asLong() < 0) {
            errors.invalid(path + ".terminationGracePeriodSeconds", spec.get("terminationGracePeriodSeconds"),
                    "must be greater than or equal to 0");
        }
        String account = spec.path("serviceAccountName").asText();
        if (!account.isEmpty()) {
            errors.invalidForEach(path + ".serviceAccountName", account, Syntax.dnsSubdomain(account));
        }
        new MetadataValidation(errors).checkLabels(spec.path("nodeSelector"), path + ".nodeSelector");
    }

    /** The spec of a Pod itself, no template's. */
    void checkPod(JsonNode spec) {
        check(spec, "spec");
        var rules = new ContainerValidation(errors, Set.of(), new HashSet<>());
        for (String list : List.of("containers", "initContainers")) {
            for (int i = 0; i < spec.path(list).size(); i++) {
                rules.checkImageOfPod(spec.path(list).get(i), "spec." + list + "[" + i + "]");
            }
        }
    }

    /** What of a pod may not change once it is there. */
    void checkUpdate(JsonNode pod, JsonNode old) {
        if (!withoutMutable(pod.path("spec")).equals(withoutMutable(old.path("spec")))) {
            errors.forbidden("spec", "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to "
                    + "existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was "
                    + "previously negative)");
        }
    }

    private static JsonNode withoutMutable(JsonNode spec) {
        JsonNode copy = spec.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.remove(MUTABLE);
            // Binding a pod to a node sets the field once.
            object.remove("nodeName");
            List.of("containers", "initContainers").forEach(list -> object.path(list).forEach(container -> {
                if (container instanceof ObjectNode fields) {
                    fields.remove(List.of("image", "imagePullPolicy"));
                }
            }));
        }
        return copy;
    }

    private Set<String> checkVolumes(JsonNode volumes, String path) {
        var names = new HashSet<String>();
        for (int i = 0; i < volumes.size(); i++) {
            JsonNode volume = volumes.get(i);
            String name = volume.path("name").asText();
            String field = path + "[" + i + "].name";
            if (name.isEmpty()) {
                errors.required(field, "");
            } else {
                errors.invalidForEach(field, name, Syntax.dnsLabel(name));
                if (!names.add(name)) {
                    errors.duplicate(field, name);
                }
            }
            if (volume.size() > 2) {
                String source = secondSource(volume);
                errors.forbidden(path + "[" + i + "]." + source, "may not specify more than 1 volume type");
            }
        }
        return names;
    }

    private static String secondSource(JsonNode volume) {
        return volume.properties()
                .stream()
                .map(Map.Entry::getKey)
                .filter(key -> !key.equals("name"))
                .skip(1)
                .findFirst()
                .orElse("");
    }

    private void checkContainers(JsonNode spec, String path, Set<String> volumes) {
        JsonNode containers = spec.path("containers");
        if (containers.isEmpty()) {
            errors.required(path + ".containers", "");
        }
        var names = new HashSet<String>();
        var rules = new ContainerValidation(errors, volumes, names);
        for (int i = 0; i < containers.size(); i++) {
            rules.check(containers.get(i), path + ".containers[" + i + "]");
        }
        JsonNode first = spec.path("initContainers");
        for (int i = 0; i < first.size(); i++) {
            rules.check(first.get(i), path + ".initContainers[" + i + "]");
        }
    }

    private void checkPolicies(JsonNode spec, String path) {
        oneOf(spec, path, "restartPolicy", List.of("Always", "Never", "OnFailure"));
        oneOf(spec, path, "dnsPolicy", List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"));
    }

    private void oneOf(JsonNode spec, String path, String field, List<String> values) {
        String value = spec.path(field).asText();
        if (!value.isEmpty() && !values.contains(value)) {
            errors.unsupported(path + "." + field, value, values);
        }
    }
}
