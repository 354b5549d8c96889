package dev.trafficlab.lab.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.trafficlab.lab.ApplyOutcome.Conflict;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ManifestPlan;
import dev.trafficlab.lab.ManifestPlan.PlannedObject;
import dev.trafficlab.lab.ManifestPreview.Change;
import dev.trafficlab.lab.ManifestReading.Readable;
import dev.trafficlab.lab.ManifestReading.Unreadable;
import dev.trafficlab.lab.apply.ServerSideApply;
import dev.trafficlab.lab.backend.LabBackend;

/** Makes plans by dry run: one for each object, and a look at what is stored where the object is not new. */
public final class ManifestPlanner {

    private final ManifestReader reader;
    private final ServerSideApply cluster;
    private final ObjectDiff diff = new ObjectDiff();

    private ManifestPlanner(ManifestReader reader, ServerSideApply cluster) {
        this.reader = reader;
        this.cluster = cluster;
    }

    /** A planner for labs that live there. */
    public static ManifestPlanner of(KubernetesClient client, LabBackend backend) {
        return new ManifestPlanner(new ManifestReader(client.getKubernetesSerialization(), backend),
                new ServerSideApply(client));
    }

    /** What the manifest would do to the lab. Fields that others hold are taken over, or else reported as conflicts. */
    public ManifestPlan plan(String labId, String yaml, boolean takeOver) {
        return switch (reader.read(labId, yaml)) {
            case Unreadable(List<Problem> problems) -> ManifestPlan.refused(problems);
            case Readable(List<ManifestObject> objects) -> plan(objects, takeOver);
        };
    }

    private ManifestPlan plan(List<ManifestObject> manifest, boolean takeOver) {
        List<PlannedObject> objects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        for (ManifestObject object : manifest) {
            try {
                GenericKubernetesResource after = cluster.attempt(object, takeOver);
                objects.add(new PlannedObject(object, after, change(object, after)));
            } catch (KubernetesClientException e) {
                List<Conflict> found = ServerSideApply.conflicts(object, e);
                conflicts.addAll(found);
                if (found.isEmpty()) {
                    problems.add(new Problem(object.title(), ServerSideApply.refusal(e)));
                }
            }
        }
        return new ManifestPlan(objects, problems, conflicts);
    }

    private Change change(ManifestObject object, GenericKubernetesResource after) {
        Optional<GenericKubernetesResource> before = ServerSideApply.version(after).isEmpty()
                ? Optional.empty()
                : cluster.stored(object);
        return diff.change(object, before, after);
    }
}
