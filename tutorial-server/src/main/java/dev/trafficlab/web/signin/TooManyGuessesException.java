package dev.trafficlab.web.signin;

import org.springframework.security.core.AuthenticationException;

import dev.trafficlab.limits.TooManyRequestsException;

/** Too many wrong passwords came from one place; waiting helps. */
public class TooManyGuessesException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    private final TooManyRequestsException limit;

    TooManyGuessesException(TooManyRequestsException limit) {
        super(limit.getMessage(), limit);
        this.limit = limit;
    }

    /** The limit that was exceeded. */
    public TooManyRequestsException limit() {
        return limit;
    }
}
