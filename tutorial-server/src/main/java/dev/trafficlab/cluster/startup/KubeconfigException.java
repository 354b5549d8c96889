package dev.trafficlab.cluster.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** There is no kubeconfig to use, or it cannot be read. */
public class KubeconfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * A kubeconfig that is of no use.
     *
     * @param what what is wrong, one sentence
     * @param advice what to do, one sentence
     */
    public KubeconfigException(String what, String advice) {
        super(what);
        this.advice = advice;
    }

    /** Says both in place of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<KubeconfigException> {

        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, KubeconfigException cause) {
            return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.advice, cause);
        }
    }
}
