package dev.trafficlab.lab.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.YamlReading.Document;
import dev.trafficlab.lab.backend.LabRecord;
import dev.trafficlab.lab.kind.LabKind;

/** What a manifest may hold, so that a lab reaches its own namespace and the course's kinds and nothing else. Collects all problems. */
final class ManifestRules {

    /** The name that the course's manifests give the namespace; in a lab it stands for the lab's own. */
    private static final String COURSE_NAMESPACE = "traffic-lab";
    private static final Set<String> NAMESPACE_FIELDS = Set.of("apiVersion", "kind", "metadata");
    private static final Set<String> NAMESPACE_METADATA = Set.of("name", "labels", "annotations", "creationTimestamp");

    private final String labId;
    private final List<Problem> problems = new ArrayList<>();

    ManifestRules(String labId) {
        this.labId = labId;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    void judge(Document document) {
        String place = "line " + document.line();
        if (!(document.value() instanceof Map<?, ?> object)) {
            problem(place, "A Kubernetes object was expected here, with apiVersion, kind and metadata.");
            return;
        }
        Optional<String> apiVersion = string(object, "apiVersion");
        Optional<String> kind = string(object, "kind");
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            problem(place, (apiVersion.isEmpty() ? "apiVersion" : "kind") + " is not set. Every object names its"
                    + " apiVersion and kind, for example apiVersion: v1 and kind: Service.");
            return;
        }
        judge(object, apiVersion.get(), kind.get(), place);
    }

    private void judge(Map<?, ?> object, String apiVersion, String kind, String place) {
        Map<?, ?> metadata = object.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
        Optional<String> name = string(metadata, "name");
        String title = kind + name.map(n -> " " + n).orElse(" at " + place);
        if (LabKind.inManifests(apiVersion, kind).isEmpty()) {
            problem(title, "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\". "
                    + LabKind.alternatives(kind));
            return;
        }
        if (name.isEmpty()) {
            problem(title, "metadata.name is not set. Give the object a name in quotes or letters.");
        }
        judgeStrings(title, metadata, "labels");
        judgeStrings(title, metadata, "annotations");
        if (LabKind.NAMESPACE.kind().equals(kind)) {
            judgeNamespace(title, object, metadata);
        } else {
            judgePlace(title, metadata);
        }
    }

    private void judgePlace(String title, Map<?, ?> metadata) {
        Object namespace = metadata.get("namespace");
        if (namespace != null && !labId.equals(namespace)) {
            problem(title, "metadata.namespace: \"" + namespace
                    + "\" lies outside the lab. Leave the field out, or write "
                    + labId + ".");
        }
    }

    private void judgeNamespace(String title, Map<?, ?> object, Map<?, ?> metadata) {
        Object name = metadata.get("name");
        if (name != null && !labId.equals(name) && !COURSE_NAMESPACE.equals(name)) {
            problem(title, "metadata.name: the Namespace \"" + name + "\" lies outside the lab. Write " + labId + ".");
        }
        object.keySet()
                .stream()
                .filter(field -> !NAMESPACE_FIELDS.contains(field))
                .forEach(field -> problem(title, field
                        + ": of the lab's Namespace only labels and annotations can be set."));
        metadata.keySet()
                .stream()
                .filter(field -> !NAMESPACE_METADATA.contains(field))
                .forEach(field -> problem(title, "metadata." + field
                        + ": of the lab's Namespace only labels and annotations can be set."));
        judgeKeys(title, metadata, "labels");
        judgeKeys(title, metadata, "annotations");
    }

    private void judgeKeys(String title, Map<?, ?> metadata, String field) {
        if (metadata.get(field) instanceof Map<?, ?> entries) {
            entries.keySet()
                    .stream()
                    .filter(key -> !LabRecord.isLearners(String.valueOf(key)))
                    .forEach(key -> problem(title,
                            "metadata." + field + "." + key
                                    + " belongs to the lab's owner. Use a name without a slash."));
        }
    }

    private void judgeStrings(String title, Map<?, ?> metadata, String field) {
        Object value = metadata.get(field);
        if (value instanceof Map<?, ?> entries) {
            entries.entrySet()
                    .stream()
                    .filter(entry -> !(entry.getValue() instanceof String))
                    .forEach(entry -> problem(title, "metadata." + field + "." + entry.getKey()
                            + " must be a string. Write it in quotes."));
        } else if (value != null) {
            problem(title, "metadata." + field + " must be a map of strings.");
        }
    }

    private void problem(String object, String message) {
        problems.add(new Problem(object, message));
    }

    private static Optional<String> string(Map<?, ?> map, String key) {
        return map.get(key) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
