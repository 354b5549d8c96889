package dev.trafficlab.embedded.mesh.proxy;

import java.nio.charset.StandardCharsets;

import dev.trafficlab.demo.AppResponse;

/** Answers that a proxy gives by itself. */
final class LocalReply {

    private LocalReply() {}

    /** An answer with the text, or with an empty body. */
    static AppResponse of(int status, String body) {
        return of(status, body, HeaderList.empty());
    }

    /** The answer where there is no room for the request. */
    static AppResponse overflow(String body) {
        HeaderList headers = HeaderList.empty();
        headers.set("x-envoy-overloaded", "true");
        return of(503, body, headers);
    }

    /** The same with further headers. */
    static AppResponse of(int status, String body, HeaderList headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0) {
            headers.setIfAbsent("content-type", "text/plain");
        }
        if (status != 204) {
            headers.set("content-length", String.valueOf(bytes.length));
        }
        return new AppResponse(status, headers.headers(), bytes, AppResponse.NOTHING);
    }
}
