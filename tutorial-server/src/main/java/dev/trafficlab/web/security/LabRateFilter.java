package dev.trafficlab.web.security;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

import dev.trafficlab.limits.Limits;
import dev.trafficlab.limits.TooManyRequestsException;

/**
 * Keeps anybody from making too many labs, and a lab's learner from changing it too often. Traffic has a limit of its own, by
 * requests.
 */
final class LabRateFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Pattern NEW_LAB = Pattern.compile("(/api/v1)?/labs/?");
    private static final Pattern CHANGE = Pattern
            .compile("(?:/api/v1)?/labs/([a-z0-9-]+)/(?:steps/[^/]+/(?:apply|edit|check|show)|manifests?|reset).*");

    private final Limits limits;
    private final LearnerAccess access;
    private final ProblemWriter problems;

    LabRateFilter(Limits limits, LearnerAccess access, ProblemWriter problems) {
        this.limits = limits;
        this.access = access;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READING.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            take(request);
        } catch (TooManyRequestsException e) {
            problems.writeTooMany(e, request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private void take(HttpServletRequest request) {
        if (NEW_LAB.matcher(request.getRequestURI()).matches()) {
            limits.newLabs().take(request.getRemoteAddr(), 1);
        }
        // A stranger's tries must not use up what belongs to the lab's learner.
        changedLab(request).filter(lab -> access.opens(lab, request)).ifPresent(lab -> limits.changes().take(lab, 1));
    }

    private static Optional<String> changedLab(HttpServletRequest request) {
        Matcher path = CHANGE.matcher(request.getRequestURI());
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }
}
