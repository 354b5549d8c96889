package dev.trafficlab.web.api;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

import dev.trafficlab.lab.ApplyOutcome.Problem;

/** A manifest was refused; nothing of it was applied. */
class ManifestRejectedException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    ManifestRejectedException(List<Problem> problems) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, problem(problems), null);
    }

    private static ProblemDetail problem(List<Problem> problems) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT,
                problems.stream().map(ManifestRejectedException::line).collect(Collectors.joining("\n")));
        problem.setTitle("Manifest rejected, nothing applied");
        problem.setProperty("problems", problems);
        return problem;
    }

    private static String line(Problem problem) {
        return problem.object().isEmpty() ? problem.message() : problem.object() + ": " + problem.message();
    }
}
