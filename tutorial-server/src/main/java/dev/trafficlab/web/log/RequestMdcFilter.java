package dev.trafficlab.web.log;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Puts lab, step and who acts into the logging context of a request's thread, so that every line says whose it is. Runs after Spring
 * Security, which knows the instructor.
 */
@Component
class RequestMdcFilter extends OncePerRequestFilter {

    private static final Pattern LAB = Pattern.compile(
            "(?s)/labs/([a-z0-9-]{1,63})(?:/steps/([a-z0-9-]{1,63}))?(?:/.*)?$");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Matcher path = LAB.matcher(request.getRequestURI());
        boolean ofLab = path.find();
        MDC.put("who", who(request, ofLab));
        if (ofLab) {
            MDC.put("lab", path.group(1));
            Optional.ofNullable(path.group(2)).ifPresent(step -> MDC.put("step", step));
        }
        try {
            chain.doFilter(request, response);
        } finally {
            List.of("who", "lab", "step").forEach(MDC::remove);
        }
    }

    private static String who(HttpServletRequest request, boolean ofLab) {
        if (request.getUserPrincipal() != null) {
            return request.getUserPrincipal().getName();
        }
        return ofLab ? "learner" : "visitor";
    }
}
