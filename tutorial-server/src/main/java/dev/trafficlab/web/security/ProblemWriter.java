package dev.trafficlab.web.security;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

import dev.trafficlab.limits.TooManyRequestsException;

/** Writes problem documents (RFC 9457), whoever in the chain of filters and controllers finds the problem. */
@Component
public class ProblemWriter {

    private static final String API = "/api/";

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Whether the request is for the JSON API, where every answer that is an error is a problem document. */
    public static boolean concerns(HttpServletRequest request) {
        return RequestPath.of(request).startsWith(API);
    }

    /** Writes the problem as the answer to the request. */
    public void write(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (problem.getInstance() == null) {
            instance(request).ifPresent(problem::setInstance);
        }
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        json.writeValue(response.getOutputStream(), problem);
    }

    /** Answers 429: as a problem document to the API's clients, as an error page to everybody else. */
    public void writeTooMany(TooManyRequestsException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfterSeconds()));
        if (concerns(request)) {
            write(ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, e.getMessage()), request, response);
        } else {
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        }
    }

    private static Optional<URI> instance(HttpServletRequest request) {
        try {
            return Optional.of(URI.create(request.getRequestURI()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
