package dev.trafficlab.limits;

import io.github.bucket4j.TimeMeter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Every limit of this server. {@code tutorial.limits.enabled=false} lifts them all, for load runs.
 *
 * <p>A classroom often shares one address, so what is counted by address leaves room for forty learners who start together.
 */
@Component
public final class Limits {

    private static final int NEW_LABS = 60;
    private static final int SIGN_INS = 20;
    private static final int LAB_CHANGES = 120;
    private static final int LAB_REQUESTS = 20_000;
    /** A hundred a second, twice what kubectl allows itself, and as many as that makes in a minute at once. */
    private static final int KUBERNETES_REQUESTS = 6_000;
    private static final int KUBERNETES_WRITES = 1_200;
    private static final int GENERATOR_RATE = 50;

    private final boolean enabled;
    private final Limit newLabs;
    private final Limit signIns;
    private final Limit changes;
    private final Limit requests;
    private final Limit kubernetesRequests;
    private final Limit kubernetesWrites;

    @Autowired
    Limits(LimitSettings settings) {
        this(settings.enabled(), TimeMeter.SYSTEM_MILLISECONDS);
    }

    /** Limits in force, or lifted. */
    public Limits(boolean enabled) {
        this(enabled, TimeMeter.SYSTEM_MILLISECONDS);
    }

    Limits(boolean enabled, TimeMeter clock) {
        this.enabled = enabled;
        this.newLabs = new Limit("new labs from your address", NEW_LABS, !enabled, clock);
        this.signIns = new Limit("attempts to sign in from your address", SIGN_INS, !enabled, clock);
        this.changes = new Limit("changes to your lab", LAB_CHANGES, !enabled, clock);
        this.requests = new Limit("requests for your lab", LAB_REQUESTS, !enabled, clock);
        this.kubernetesRequests = new Limit("requests to the Kubernetes API", KUBERNETES_REQUESTS, !enabled, clock);
        this.kubernetesWrites = new Limit("changes by the Kubernetes API", KUBERNETES_WRITES, !enabled, clock);
    }

    /** Whether any limit holds. */
    public boolean enabled() {
        return enabled;
    }

    /** New labs, by address. */
    public Limit newLabs() {
        return newLabs;
    }

    /** Failed attempts to sign in as the instructor, by address. */
    public Limit signIns() {
        return signIns;
    }

    /** Whatever makes a lab work (apply, check, reset, edits), by lab. */
    public Limit changes() {
        return changes;
    }

    /** HTTP requests into a lab's mesh, whichever way they come, by lab. */
    public Limit requests() {
        return requests;
    }

    /** Requests to the Kubernetes API, by token. */
    public Limit kubernetesRequests() {
        return kubernetesRequests;
    }

    /** Requests to the Kubernetes API that write, by token. */
    public Limit kubernetesWrites() {
        return kubernetesWrites;
    }

    /** The rate that a request generator runs at when asked for this one. */
    public int generatorRate(int wanted) {
        return enabled ? Math.min(wanted, GENERATOR_RATE) : wanted;
    }
}
