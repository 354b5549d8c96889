package dev.trafficlab.course.reading;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the author what to put right instead of a stack trace. */
final class InvalidContentAnalyzer extends AbstractFailureAnalyzer<InvalidContentException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidContentException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()),
                "Put the files right where the lines say so, then start again.", cause);
    }
}
