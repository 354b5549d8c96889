package dev.trafficlab.lab;

/** The server holds as many labs as it may. */
public class LabsFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param limit how many labs there may be */
    public LabsFullException(int limit) {
        super("All " + limit
                + " labs of this server are in use. Please try again later; idle labs are removed after a while.");
    }
}
