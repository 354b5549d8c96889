package dev.trafficlab.lab;

/** Tells how the pods of a lab come up, as it happens. */
public interface Rollouts {

    /** Tells the listener now and after each change; close to end. The listener is called by one thread at a time. */
    Watching watch(String labId, Listener listener);

    /** Takes the newest state. */
    @FunctionalInterface
    interface Listener {
        /** How far the Deployments are. */
        void see(RolloutProgress rollout);
    }

    /** A running watch. */
    @FunctionalInterface
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
