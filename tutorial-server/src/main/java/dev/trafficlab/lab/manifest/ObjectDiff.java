package dev.trafficlab.lab.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.cluster.ObjectYaml;
import dev.trafficlab.lab.ManifestPreview.Change;
import dev.trafficlab.lab.ManifestPreview.DiffLine;
import dev.trafficlab.lab.backend.LabRecord;
import dev.trafficlab.lab.kind.LabKind;

/** Tells what changes in an object, line by line, leaving out what only machines write. */
final class ObjectDiff {

    Change change(ManifestObject object, Optional<GenericKubernetesResource> before, GenericKubernetesResource after) {
        LabKind kind = object.kind();
        if (before.isEmpty()) {
            return new Change(kind.kind(), object.name(), "created", List.of());
        }
        List<DiffLine> lines = LineDiff.of(text(kind, before.get()), text(kind, after));
        return new Change(kind.kind(), object.name(), lines.isEmpty() ? "unchanged" : "configured", lines);
    }

    private String text(LabKind kind, GenericKubernetesResource resource) {
        Map<String, Object> plain = new TreeMap<>(resource.getAdditionalProperties());
        plain.remove("status");
        plain.put("metadata", metadata(kind, resource.getMetadata()));
        return ObjectYaml.of(plain);
    }

    private static Map<String, Object> metadata(LabKind kind, ObjectMeta metadata) {
        Map<String, Object> plain = new TreeMap<>();
        plain.put("name", metadata.getName());
        put(plain, "labels", kind, metadata.getLabels());
        put(plain, "annotations", kind, metadata.getAnnotations());
        return plain;
    }

    /** Of the lab's own Namespace only what its learner may set is the learner's to see. */
    private static void put(Map<String, Object> metadata, String field, LabKind kind,
            @Nullable Map<String, String> entries) {
        Map<String, String> shown = new TreeMap<>(entries == null ? Map.of() : entries);
        if (kind == LabKind.NAMESPACE) {
            shown.keySet().removeIf(key -> !LabRecord.isLearners(key));
        }
        if (!shown.isEmpty()) {
            metadata.put(field, shown);
        }
    }
}
