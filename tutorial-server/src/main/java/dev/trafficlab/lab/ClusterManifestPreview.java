package dev.trafficlab.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.cluster.ObjectYaml;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ManifestReading.Readable;
import dev.trafficlab.lab.ManifestReading.Unreadable;

/** Reviews drafts by dry run: what the cluster would answer is what it does answer. */
final class ClusterManifestPreview implements ManifestPreview {

    private static final PatchContext TRIAL = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("traffic-lab")
            .withForce(true)
            .withFieldValidation("Strict")
            .withDryRun(List.of("All"))
            .build();

    private final KubernetesClient client;
    private final ManifestReader reader;

    ClusterManifestPreview(KubernetesClient client, LabBackend housing) {
        this.client = client;
        this.reader = new ManifestReader(client.getKubernetesSerialization(), housing);
    }

    @Override
    public Review review(String labId, String yaml) {
        List<Problem> problems = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        switch (reader.read(labId, yaml)) {
            case Unreadable(List<Problem> found) -> problems.addAll(found);
            case Readable(List<ManifestObject> objects) -> objects.forEach(object -> attempt(object, changes,
                    problems));
        }
        if (problems.isEmpty()) {
            return new Review(List.of(), changes);
        }
        YamlPlaces places = new YamlPlaces(yaml);
        return new Review(problems.stream().map(places::of).toList(), List.of());
    }

    private void attempt(ManifestObject object, List<Change> changes, List<Problem> problems) {
        Resource<GenericKubernetesResource> resource = client.genericKubernetesResources(object.kind()
                .contextOf(object
                        .resource()
                        .getApiVersion())).resource(object.resource());
        try {
            GenericKubernetesResource before = resource.get();
            changes.add(change(object, before, resource.patch(TRIAL)));
        } catch (KubernetesClientException e) {
            if (e.getCode() < 400 || e.getCode() >= 500) {
                throw e;
            }
            problems.add(new Problem(object.title(), Optional.ofNullable(e.getStatus())
                    .map(status -> status
                            .getMessage())
                    .orElse(String.valueOf(e.getMessage()))));
        }
    }

    private Change change(ManifestObject object, @Nullable GenericKubernetesResource before,
            GenericKubernetesResource after) {
        if (before == null) {
            return new Change(object.kind().kind(), object.name(), "created", List.of());
        }
        List<DiffLine> lines = LineDiff.of(text(object.kind(), before), text(object.kind(), after));
        return new Change(object.kind().kind(), object.name(), lines.isEmpty() ? "unchanged" : "configured", lines);
    }

    /** The object without what only machines write. */
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
