package dev.trafficlab.embedded.store;

/** A watch asked for changes older than the history that is kept; the watcher must list again (HTTP 410 in Kubernetes). */
public class CompactedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message the revision asked for, and the oldest one there is */
    public CompactedException(String message) {
        super(message);
    }
}
