package dev.trafficlab.web.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

import dev.trafficlab.lab.LabsFullException;
import dev.trafficlab.lab.NamespaceTakenException;
import dev.trafficlab.lab.UnknownLabException;
import dev.trafficlab.limits.TooManyRequestsException;

/** Turns what can go wrong behind a page into a page, or into a notice on the page that asked. */
@ControllerAdvice(basePackageClasses = PageErrors.class)
class PageErrors {

    private static final String FULL_RETRY_SECONDS = "300";
    private static final String LOST_RETRY_SECONDS = "2";

    @ExceptionHandler(UnknownLabException.class)
    ModelAndView unknownLab(HttpServletRequest request, HttpServletResponse response) {
        return answer(HttpStatus.NOT_FOUND, "lab", request, response);
    }

    @ExceptionHandler(UnknownPageException.class)
    ModelAndView unknownPage(HttpServletRequest request, HttpServletResponse response) {
        return answer(HttpStatus.NOT_FOUND, "page", request, response);
    }

    @ExceptionHandler(ForeignLabException.class)
    ModelAndView foreignLab(HttpServletRequest request, HttpServletResponse response) {
        return answer(HttpStatus.FORBIDDEN, "lab", request, response);
    }

    @ExceptionHandler(NamespaceTakenException.class)
    ModelAndView taken(HttpServletRequest request, HttpServletResponse response) {
        return answer(HttpStatus.CONFLICT, "taken", request, response);
    }

    @ExceptionHandler(LabsFullException.class)
    ModelAndView full(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, FULL_RETRY_SECONDS);
        return answer(HttpStatus.SERVICE_UNAVAILABLE, "full", request, response);
    }

    @ExceptionHandler(TooManyRequestsException.class)
    ModelAndView tooMany(TooManyRequestsException e, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfterSeconds()));
        return answer(HttpStatus.TOO_MANY_REQUESTS, "fast", request, response);
    }

    @ExceptionHandler({MethodArgumentNotValidException.class, MethodArgumentTypeMismatchException.class,
        MissingServletRequestParameterException.class})
    ModelAndView badForm(HttpServletRequest request, HttpServletResponse response) {
        return answer(HttpStatus.BAD_REQUEST, "form", request, response);
    }

    /** The cluster is in the way: says so, and reads the page again until it works. */
    static ModelAndView clusterTrouble(String message, HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, LOST_RETRY_SECONDS);
        if (request.getMethod().equals("GET")) {
            response.setHeader("Refresh", LOST_RETRY_SECONDS);
        }
        return answer(HttpStatus.SERVICE_UNAVAILABLE, "cluster", request, response).addObject("detail", message);
    }

    private static ModelAndView answer(HttpStatus status, String reason, HttpServletRequest request,
            HttpServletResponse response) {
        boolean htmx = request.getHeader("HX-Request") != null;
        if (htmx) {
            response.setHeader("HX-Retarget", "#notice");
            response.setHeader("HX-Reswap", "innerHTML");
        }
        ModelAndView view = new ModelAndView(htmx ? "partial/notice" : "error");
        view.setStatus(status);
        return view.addObject("status", status.value()).addObject("reason", reason);
    }
}
