package dev.trafficlab.web.api;

import java.util.List;
import java.util.stream.Collectors;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

import dev.trafficlab.lab.ApplyOutcome.Conflict;

/** Others hold fields of a manifest; nothing of it was applied. */
class ManifestConflictException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    ManifestConflictException(List<Conflict> conflicts) {
        super(HttpStatus.CONFLICT, problem(conflicts), null);
    }

    private static ProblemDetail problem(List<Conflict> conflicts) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, conflicts.stream()
                .map(conflict -> conflict.object() + ": " + conflict.field() + " is held by " + conflict.owner())
                .collect(Collectors.joining("\n", "", "\nSend the same again with ?force=true to take these fields"
                        + " over.")));
        problem.setTitle("Others hold some of these fields, nothing applied");
        problem.setProperty("conflicts", conflicts);
        return problem;
    }
}
