package dev.trafficlab.web.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import dev.trafficlab.limits.Limit;
import dev.trafficlab.limits.TooManyRequestsException;

/** Slows down whoever guesses the instructor's password: each attempt takes from the address's limit, a right one gives it back. */
final class SignInLimit extends OncePerRequestFilter {

    private final Limit attempts;
    private final ProblemWriter problems;

    SignInLimit(Limit attempts, ProblemWriter problems) {
        this.attempts = attempts;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !isBasic(request) && !(request.getMethod().equals("POST") && request.getRequestURI().equals("/login"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = request.getRemoteAddr();
        try {
            attempts.take(address, 1);
        } catch (TooManyRequestsException e) {
            problems.writeTooMany(e, request, response);
            return;
        }
        chain.doFilter(request, response);
        if (isSignedIn()) {
            attempts.giveBack(address, 1);
        }
    }

    static boolean isBasic(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, "basic ", 0, 6);
    }

    private static boolean isSignedIn() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.isAuthenticated()
                && !(authentication instanceof AnonymousAuthenticationToken);
    }
}
