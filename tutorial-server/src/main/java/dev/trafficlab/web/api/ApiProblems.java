package dev.trafficlab.web.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

import dev.trafficlab.cluster.ClusterFailure;
import dev.trafficlab.lab.LabsFullException;
import dev.trafficlab.lab.NamespaceTakenException;
import dev.trafficlab.lab.NoKubeconfigException;
import dev.trafficlab.lab.UnknownLabException;
import dev.trafficlab.limits.TooManyRequestsException;
import dev.trafficlab.web.security.BodyTooLargeException;
import dev.trafficlab.web.security.ProblemWriter;

/**
 * Turns every exception behind {@code /api} into a problem document. It goes by the path and not by the controller, as there is none
 * where the path or the method is wrong.
 */
@Component
@Order(0)
class ApiProblems implements HandlerExceptionResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ApiProblems.class);
    private static final String FULL_RETRY_SECONDS = "300";
    private static final String LOST_RETRY_SECONDS = "2";

    private final SpringsOwn springs = new SpringsOwn();
    private final ProblemWriter writer;

    ApiProblems(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler,
            Exception exception) {
        if (!ProblemWriter.concerns(request)) {
            return null;
        }
        if (exception instanceof AsyncRequestNotUsableException) {
            return new ModelAndView(); // the client has left: there is nobody to tell
        }
        try {
            writer.write(problem(exception, request, response), request, response);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("client left before its problem was told");
        }
        return new ModelAndView();
    }

    private ProblemDetail problem(Exception exception, HttpServletRequest request, HttpServletResponse response) {
        return switch (exception) {
            case UnknownLabException e -> ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
            case TooManyRequestsException e -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfterSeconds()));
                yield ProblemDetail.forStatusAndDetail(HttpStatus.TOO_MANY_REQUESTS, e.getMessage());
            }
            case NamespaceTakenException e -> ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
            case NoKubeconfigException e -> ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
            case LabsFullException e -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, FULL_RETRY_SECONDS);
                yield ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
            }
            case HttpMessageNotReadableException e when bodyTooLarge(e).isPresent() ->
                ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE, bodyTooLarge(e).get());
            case MethodArgumentNotValidException e -> invalid(e);
            default -> springs.problem(exception, request, response)
                    .or(() -> trouble(exception, response))
                    .orElseGet(() -> unexpected(exception, request));
        };
    }

    private static Optional<String> bodyTooLarge(Exception exception) {
        return Stream.iterate((Throwable) exception, cause -> cause != null, Throwable::getCause)
                .filter(BodyTooLargeException.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst();
    }

    private static ProblemDetail invalid(MethodArgumentNotValidException e) {
        List<Map<String, String>> errors = e.getFieldErrors()
                .stream()
                .map(error -> Map.of("field", error.getField(), "message", String.valueOf(error.getDefaultMessage())))
                .toList();
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, errors.stream()
                .map(error -> error.get("field") + " " + error.get("message"))
                .sorted()
                .reduce((a, b) -> a + "; " + b)
                .orElse(""));
        problem.setProperty("errors", errors);
        return problem;
    }

    private static Optional<ProblemDetail> trouble(Exception exception, HttpServletResponse response) {
        return ClusterFailure.of(exception).map(trouble -> {
            response.setHeader(HttpHeaders.RETRY_AFTER, LOST_RETRY_SECONDS);
            return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, trouble.message());
        });
    }

    private static ProblemDetail unexpected(Exception exception, HttpServletRequest request) {
        LOG.atError().addKeyValue("method", request.getMethod()).setCause(exception).log("request failed");
        return ProblemDetail.forStatusAndDetail(HttpStatus.INTERNAL_SERVER_ERROR,
                "Something went wrong here, not with you. Please try again; the server's log tells more.");
    }

    /** What Spring knows to say of its own exceptions: 400, 405, 406, 415 and their headers. */
    private static final class SpringsOwn extends ResponseEntityExceptionHandler {

        Optional<ProblemDetail> problem(Exception exception, HttpServletRequest request, HttpServletResponse response) {
            try {
                ResponseEntity<Object> answer = handleException(exception, new ServletWebRequest(request, response));
                if (answer == null || !(answer.getBody() instanceof ProblemDetail problem)) {
                    return Optional.empty();
                }
                answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
                return Optional.of(problem);
            } catch (Exception unknown) {
                return Optional.empty();
            }
        }
    }
}
