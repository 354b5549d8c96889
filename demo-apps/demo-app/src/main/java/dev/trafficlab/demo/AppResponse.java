package dev.trafficlab.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP answer of an app.
 *
 * @param status HTTP status code
 * @param headers the answer's headers
 * @param body what it carries, no bytes when there is nothing
 * @param afterwards what the app does once the answer is on its way; whoever serves the app runs it then
 */
public record AppResponse(int status, Headers headers, Body body, Runnable afterwards) {

    /** No work afterwards. */
    public static final Runnable NOTHING = () -> {};

    /** An answer whose body is all there. */
    public AppResponse(int status, Headers headers, byte[] body, Runnable afterwards) {
        this(status, headers, Body.of(body), afterwards);
    }

    /** An answer with a text body of the content type, in UTF-8. */
    public static AppResponse of(int status, String contentType, String body) {
        return new AppResponse(status, Headers.of("content-type", contentType), Body.of(body), NOTHING);
    }

    /** This answer, followed by the work. */
    public AppResponse then(Runnable work) {
        return new AppResponse(status, headers, body, work);
    }

    /**
     * The body as UTF-8 text.
     *
     * @throws UncheckedIOException when it breaks off
     */
    public String text() {
        try {
            return new String(body.bytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
