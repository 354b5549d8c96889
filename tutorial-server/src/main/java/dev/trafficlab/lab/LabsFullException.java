package dev.trafficlab.lab;

/** No further lab is to be had now. */
public class LabsFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param limit how many labs there may be */
    public LabsFullException(int limit) {
        super("All " + limit
                + " labs of this server are in use. Please try again later; idle labs are removed by and by.");
    }
}
