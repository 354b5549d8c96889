package dev.trafficlab.demo;

/** An app refused its configuration; the message says which variable and what to write instead. */
public class InvalidEnvironmentException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String message;

    /** @param message what is wrong, for the app's log */
    public InvalidEnvironmentException(String message) {
        super(message);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
