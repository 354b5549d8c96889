package dev.trafficlab.demo;

import java.nio.charset.StandardCharsets;

/**
 * One HTTP answer of an app.
 *
 * @param status HTTP status code
 * @param headers the answer's headers
 * @param body the whole body, empty when there is none
 * @param afterwards what the app does once the answer is on its way; whoever serves the app runs it then
 */
public record AppResponse(int status, Headers headers, byte[] body, Runnable afterwards) {

    /** No work afterwards. */
    public static final Runnable NOTHING = () -> {};

    /** An answer with a text body of the content type, in UTF-8. */
    public static AppResponse of(int status, String contentType, String body) {
        return new AppResponse(status, Headers.of("content-type", contentType), body.getBytes(StandardCharsets.UTF_8),
                NOTHING);
    }

    /** This answer, followed by the work. */
    public AppResponse then(Runnable work) {
        return new AppResponse(status, headers, body, work);
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
