package dev.trafficlab.lab.backend;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Namespace;

import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.manifest.ManifestObject;

/** What differs between clusters for a lab: where it lives, what its manifests become there, and what is left after a reset. */
public interface LabBackend {

    /** Whether a lab may have this id; no other string ever reaches the cluster as a namespace's name. */
    boolean isLab(String id);

    /** The one lab that there can be, where there can be but one. */
    Optional<String> onlyLab();

    /** The id of a lab to be made. */
    String newId();

    /** Makes the lab's Namespace, with all that shall be there before its learner. */
    void found(Namespace namespace);

    /** The object as this cluster takes it. What must not be there is added to the problems. */
    ManifestObject fit(String labId, ManifestObject object, List<Problem> problems);

    /** Removes what was applied to the lab. Returns once it is gone. */
    void empty(String labId);

    /** Whether a lab's Namespace is nobody else's, down to its labels. */
    boolean ownsNamespaces();

    /** Whether Apply wins over edits made with other tools without asking. */
    boolean applyWins();

    /** Whether labs that nobody uses are removed. */
    boolean removesIdle();

    /** Whether a lab's learner can be given a kubeconfig of her own. */
    boolean handsOutKubeconfigs();
}
