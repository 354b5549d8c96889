package dev.trafficlab.web.api;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

import dev.trafficlab.web.security.LearnerAccess.Verdict;

/** A request for a lab that does not come from its learner. */
class LabClosedException extends ErrorResponseException {

    private static final long serialVersionUID = 1L;

    LabClosedException(String lab, Verdict verdict) {
        super(status(verdict), ProblemDetail.forStatusAndDetail(status(verdict), detail(lab, verdict)), null);
        if (status(verdict) == HttpStatus.UNAUTHORIZED) {
            getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"lab\"");
        }
    }

    private static HttpStatus status(Verdict verdict) {
        return switch (verdict) {
            case NO_SECRET, WRONG_SECRET -> HttpStatus.UNAUTHORIZED;
            case OTHER_LAB -> HttpStatus.FORBIDDEN;
            case NO_LAB -> HttpStatus.NOT_FOUND;
            case OPEN -> throw new IllegalArgumentException("an open lab is no problem");
        };
    }

    private static String detail(String lab, Verdict verdict) {
        return switch (verdict) {
            case NO_SECRET ->
                "A lab opens to its own learner. Send the token that came with the lab as Authorization: Bearer.";
            case WRONG_SECRET -> "This token does not open the lab. Send the one that came with it when it was made.";
            case OTHER_LAB -> "This token opens another lab, not " + lab + ".";
            case NO_LAB -> "There is no lab " + lab
                    + " any more; idle labs are removed. Make a new one with POST /api/v1/labs.";
            case OPEN -> "";
        };
    }
}
