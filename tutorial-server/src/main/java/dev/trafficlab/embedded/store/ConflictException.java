package dev.trafficlab.embedded.store;

/** A write met another state than the writer knew: the object exists already, is gone, or has a newer revision. */
public class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was expected and what was found */
    public ConflictException(String message) {
        super(message);
    }
}
