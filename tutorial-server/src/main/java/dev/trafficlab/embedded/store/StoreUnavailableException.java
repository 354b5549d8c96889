package dev.trafficlab.embedded.store;

/** The store cannot do this now, and nothing was changed; the same may succeed later. */
public class StoreUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message why, and what has to happen first */
    public StoreUnavailableException(String message) {
        super(message);
    }
}
