package dev.trafficlab.lab;

/** The namespace meant for the only learner's lab belongs to someone else. */
public class NamespaceTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private NamespaceTakenException(String message) {
        super(message);
    }

    public static NamespaceTakenException managedBy(String owner, String namespace) {
        return new NamespaceTakenException("The namespace \"" + namespace + "\" is managed by " + owner
                + ". Set tutorial.kubeconfig.namespace to another one.");
    }

    public static NamespaceTakenException leaving(String namespace) {
        return new NamespaceTakenException("The namespace \"" + namespace
                + "\" is just being removed. Try again in a minute.");
    }
}
