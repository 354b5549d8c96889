package dev.trafficlab.demo;

import java.nio.charset.StandardCharsets;

/**
 * One HTTP request as an app receives it.
 *
 * @param method as sent, e.g. {@code GET}
 * @param host the Host header
 * @param target raw path with query, as received
 * @param headers all headers but Host
 * @param body the whole body, empty when there is none
 */
public record AppRequest(String method, String host, String target, Headers headers, byte[] body) {

    private static final byte[] NOTHING = {};

    /** A request without body. */
    public static AppRequest of(String method, String host, String target) {
        return new AppRequest(method, host, target, Headers.none(), NOTHING);
    }

    /** The target's path, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
