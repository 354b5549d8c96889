package dev.trafficlab.lab;

/** There is no lab, or no step, of that name. */
public class UnknownLabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is not there, and what to do instead */
    public UnknownLabException(String message) {
        super(message);
    }
}
