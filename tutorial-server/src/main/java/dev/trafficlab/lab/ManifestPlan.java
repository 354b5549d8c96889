package dev.trafficlab.lab;

import java.util.List;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

import dev.trafficlab.lab.ApplyOutcome.Conflict;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ManifestPreview.Change;
import dev.trafficlab.lab.apply.ServerSideApply;
import dev.trafficlab.lab.manifest.ManifestObject;

/**
 * What a manifest would do to a lab, as the cluster said when it tried each object without keeping it. What is shown is what is applied.
 *
 * @param objects the objects that the cluster would take, in the manifest's order
 * @param problems why it would refuse others
 * @param conflicts fields that other field managers hold
 */
public record ManifestPlan(List<PlannedObject> objects, List<Problem> problems, List<Conflict> conflicts) {

    public ManifestPlan {
        objects = List.copyOf(objects);
        problems = List.copyOf(problems);
        conflicts = List.copyOf(conflicts);
    }

    /** A plan that ends before the cluster was asked. */
    public static ManifestPlan refused(List<Problem> problems) {
        return new ManifestPlan(List.of(), problems, List.of());
    }

    public List<Change> changes() {
        return objects.stream().map(PlannedObject::change).toList();
    }

    /**
     * One object that the cluster would take.
     *
     * @param object as it is sent
     * @param after as it would be stored
     * @param change what that would change
     */
    public record PlannedObject(ManifestObject object, GenericKubernetesResource after, Change change) {

        /** The version that is stored now; empty when the object is new, as the answer to a trial carries none then. */
        public String versionBefore() {
            return ServerSideApply.version(after);
        }
    }
}
