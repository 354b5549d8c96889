package dev.trafficlab.lab.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ManifestReading;
import dev.trafficlab.lab.ManifestReading.Readable;
import dev.trafficlab.lab.ManifestReading.Unreadable;
import dev.trafficlab.lab.YamlReading.Broken;
import dev.trafficlab.lab.YamlReading.Document;
import dev.trafficlab.lab.YamlReading.Documents;
import dev.trafficlab.lab.backend.LabBackend;
import dev.trafficlab.lab.kind.LabKind;

/** Reads a manifest into objects for one lab. What is inside an object's spec is the cluster's to judge, not ours. */
final class ManifestReader {

    private static final int MAX_OBJECTS = 50;

    private final KubernetesSerialization serialization;
    private final LabBackend housing;

    ManifestReader(KubernetesSerialization serialization, LabBackend housing) {
        this.serialization = serialization;
        this.housing = housing;
    }

    ManifestReading read(String labId, String yaml) {
        return switch (YamlText.read(yaml)) {
            case Broken broken -> unreadable(broken.place(), broken.message());
            case Documents read -> objects(labId, read.documents().stream().flatMap(d -> spread(d).stream()).toList());
        };
    }

    private ManifestReading objects(String labId, List<Document> documents) {
        if (documents.isEmpty()) {
            return unreadable("", "No objects passed to apply: the manifest is empty.");
        }
        if (documents.size() > MAX_OBJECTS) {
            return unreadable("", "The manifest holds " + documents.size() + " objects; " + MAX_OBJECTS
                    + " is the most for one apply. Apply it in smaller parts.");
        }
        ManifestRules rules = new ManifestRules(labId);
        documents.forEach(rules::judge);
        List<Problem> problems = new ArrayList<>(rules.problems());
        List<ManifestObject> objects = problems.isEmpty() ? build(labId, documents, problems) : List.of();
        return problems.isEmpty() ? new Readable(objects) : new Unreadable(problems);
    }

    private List<ManifestObject> build(String labId, List<Document> documents, List<Problem> problems) {
        List<ManifestObject> objects = new ArrayList<>();
        Set<String> titles = new HashSet<>();
        for (Document document : documents) {
            try {
                ManifestObject object = housing.fit(labId, settle(labId, document), problems);
                objects.add(object);
                if (!titles.add(object.title())) {
                    problems.add(new Problem(object.title(), "Stands twice in this manifest. Keep one of the two."));
                }
            } catch (IllegalArgumentException unlikeAnyObject) {
                problems.add(new Problem("line " + document.line(),
                        "The metadata is not that of a Kubernetes object."));
            }
        }
        return objects;
    }

    /** Makes it an object of this lab: of its namespace, or the Namespace itself. */
    private ManifestObject settle(String labId, Document document) {
        GenericKubernetesResource resource = serialization.convertValue(document.value(),
                GenericKubernetesResource.class);
        LabKind kind = LabKind.inManifests(resource.getApiVersion(), resource.getKind()).orElseThrow();
        if (kind == LabKind.NAMESPACE) {
            resource.getMetadata().setName(labId);
        } else {
            resource.getMetadata().setNamespace(labId);
        }
        return new ManifestObject(kind, resource);
    }

    /** A {@code List} counts as the objects in it, as with kubectl. */
    private static List<Document> spread(Document document) {
        if (document.value() instanceof Map<?, ?> map && "List".equals(map.get("kind"))
                && map.get("items") instanceof List<?> items) {
            return items.stream().map(item -> new Document(document.line(), item == null ? "" : item)).toList();
        }
        return List.of(document);
    }

    private static Unreadable unreadable(String place, String message) {
        return new Unreadable(List.of(new Problem(place, message)));
    }
}
