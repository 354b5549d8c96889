package dev.trafficlab.web.security;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.AuthenticationException;

import dev.trafficlab.web.signin.InstructorAccount;
import dev.trafficlab.web.signin.TooManyGuessesException;

/** What those are told who are not signed in as the instructor, or cannot. */
final class SignInRefusals {

    private static final String CHALLENGE = "Basic realm=\"" + InstructorAccount.USER + "\", charset=\"UTF-8\"";

    private final ProblemWriter problems;

    SignInRefusals(ProblemWriter problems) {
        this.problems = problems;
    }

    /** A problem document that says how to sign in, whoever asks. */
    void ofPrograms(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (isTooMany(request, response, e)) {
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        problems.write(ProblemDetail.forStatusAndDetail(HttpStatus.UNAUTHORIZED,
                "This is the instructor's. Sign in with HTTP Basic as user " + InstructorAccount.USER
                        + ", or in a browser at " + request.getContextPath() + "/login."), request, response);
    }

    /** A browser is led to the form, a program told how to do without. */
    void ofVisitors(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        if (accept != null && accept.contains("text/html")) {
            response.sendRedirect(request.getContextPath() + "/login");
        } else {
            ofPrograms(request, response, e);
        }
    }

    /** The form again, with what was wrong. */
    void ofForms(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (!isTooMany(request, response, e)) {
            response.sendRedirect(request.getContextPath() + "/login?error");
        }
    }

    private boolean isTooMany(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (e instanceof TooManyGuessesException guesses) {
            problems.writeTooMany(guesses.limit(), request, response);
            return true;
        }
        return false;
    }
}
