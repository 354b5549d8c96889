package dev.trafficlab.cluster;

import java.util.function.Consumer;

/** Whether the cluster answers, as the requests sent to it tell; nothing is asked while it does. */
public interface ClusterConnectivity {

    /** Whether the last request found nobody there. */
    boolean isLost();

    /** Tells the listener of every change: true when the cluster is lost, false when it is back. Must not block. */
    void listen(Consumer<Boolean> listener);

    /** The pulse of a cluster in this process. */
    static ClusterConnectivity steady() {
        return new ClusterConnectivity() {
            @Override
            public boolean isLost() {
                return false;
            }

            @Override
            public void listen(Consumer<Boolean> listener) {
                // There is never any change to tell of.
            }
        };
    }
}
