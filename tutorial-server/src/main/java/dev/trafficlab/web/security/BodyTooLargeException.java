package dev.trafficlab.web.security;

import java.io.IOException;

/** A body of unannounced length turned out to be too large. */
public class BodyTooLargeException extends IOException {

    static final String MESSAGE = "The body may hold 256 KiB at most. Send less at a time.";

    private static final long serialVersionUID = 1L;

    BodyTooLargeException() {
        super(MESSAGE);
    }
}
