package dev.trafficlab.lab;

/** Labs on a real cluster have no kubeconfig of their own. */
public class NoKubeconfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoKubeconfigException(String labId) {
        super("Your lab is the namespace " + labId
                + " of a real cluster. Use kubectl as you always do there: kubectl -n "
                + labId + " get pods. Whoever runs the cluster can give you a kubeconfig if you have none.");
    }
}
