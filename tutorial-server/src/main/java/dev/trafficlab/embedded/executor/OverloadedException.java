package dev.trafficlab.embedded.executor;

/** An owner has more work waiting than it may have; trying again later helps. */
public class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OverloadedException(String message) {
        super(message, null, false, false);
    }
}
