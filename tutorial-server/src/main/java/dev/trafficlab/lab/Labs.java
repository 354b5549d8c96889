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
    ApplyOutcome apply(String labId, String stepId);

    /** Applies the learner's own manifest to the lab: all of it, or nothing. */
    ApplyOutcome applyManifest(String labId, String yaml);

    /** Runs the step's checks and notes the progress. */
    CheckOutcome check(String labId, String stepId);

    /** Makes the lab as new: its objects, tally and progress go; id and secret stay. Returns once that is done. */
    void reset(String labId);

    /** A kubeconfig for the learner's own kubectl, reaching the server at the address. */
    String kubeconfig(String labId, String token, URI server);
}
