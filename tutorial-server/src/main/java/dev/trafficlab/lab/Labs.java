package dev.trafficlab.lab;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** All labs of this server. What it knows lives in the cluster, so a restart loses nothing. */
public interface Labs {

    /**
     * Makes a lab with a namespace and a secret of its own.
     *
     * @throws LabsFullException when the configured number of labs is reached
     */
    NewLab create(String courseId);

    /** The lab of that id. */
    Optional<Lab> find(String labId);

    /** Every lab, oldest first. */
    List<Lab> all();

    /** Whether the token is the lab's secret. */
    boolean opens(String labId, String token);

    /** Notes that the learner opened the step, so that "welcome back" leads there. */
    void visit(String labId, String stepId);

    /** Applies the step's manifests and does what else the step does (restarts); notes the progress. */
    default ApplyOutcome apply(String labId, String stepId) {
        return apply(labId, stepId, Fields.ASK);
    }

    /** The same; fields that others hold are taken over if so wished. */
    ApplyOutcome apply(String labId, String stepId, Fields fields);

    /** Applies the learner's own manifest to the lab: all of it, or nothing. */
    default ApplyOutcome applyManifest(String labId, String yaml) {
        return applyManifest(labId, yaml, Fields.ASK);
    }

    /** The same; fields that others hold are taken over if so wished. */
    ApplyOutcome applyManifest(String labId, String yaml, Fields fields);

    /** Runs the step's checks and notes the progress. */
    CheckOutcome check(String labId, String stepId);

    /**
     * Runs the checks of the step's exercise, which leave no mark in the progress.
     *
     * @return passed with no checks where the step has no exercise
     */
    CheckOutcome checkExercise(String labId, String stepId);

    /** Makes the lab as new: its objects, tally and progress go; id and secret stay. Returns once that is done. */
    void reset(String labId);

    /**
     * A kubeconfig for the learner's own kubectl, reaching the server at the address.
     *
     * @throws NoKubeconfigException where labs live on a real cluster
     */
    String kubeconfig(String labId, String token, URI server);

    /** What happens to fields of an object that somebody else set, with other tools. */
    enum Fields {
        /** They are reported as conflicts, unless the lab's cluster is all the learner's. */
        ASK,
        /** They become the lab's. */
        TAKE_OVER;

        /** What a caller who asks to force it wants. */
        public static Fields taking(boolean force) {
            return force ? TAKE_OVER : ASK;
        }
    }
}
