package dev.trafficlab.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One HTTP request as an app receives it.
 *
 * @param method as sent, e.g. {@code GET}
 * @param host the Host header
 * @param target raw path with query, as received
 * @param headers all headers but Host
 * @param body what it carries, no bytes when there is nothing
 */
public record AppRequest(String method, String host, String target, Headers headers, Body body) {

    /** A request whose body is all there. */
    public AppRequest(String method, String host, String target, Headers headers, byte[] body) {
        this(method, host, target, headers, Body.of(body));
    }

    /** A request without body. */
    public static AppRequest of(String method, String host, String target) {
        return new AppRequest(method, host, target, Headers.none(), Body.NONE);
    }

    /** The target's path, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
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
