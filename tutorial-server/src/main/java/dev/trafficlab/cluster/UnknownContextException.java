package dev.trafficlab.cluster;

import io.fabric8.kubernetes.client.Config;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The kubeconfig has no such context. */
class UnknownContextException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownContextException(String context) {
        super("The kubeconfig has no context \"" + context + "\"");
    }

    /** Refuses a context that is not there: fabric8 would go on with some default address. */
    static Config require(String context, Config config) {
        boolean there = config.getContexts() != null && config.getContexts()
                .stream()
                .anyMatch(named -> context.equals(named.getName()));
        if (!context.isEmpty() && !there) {
            throw new UnknownContextException(context);
        }
        return config;
    }

    /** Says what to do, in place of a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<UnknownContextException> {

        @Override
        protected @Nullable FailureAnalysis analyze(Throwable root, UnknownContextException cause) {
            return new FailureAnalysis(cause.getMessage() + ".",
                    "List the contexts with: kubectl config get-contexts\nthen set tutorial.kubeconfig.context to one"
                            + " of them, or leave it out for the current one.",
                    cause);
        }
    }
}
