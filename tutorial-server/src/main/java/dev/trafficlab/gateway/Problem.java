package dev.trafficlab.gateway;

import tools.jackson.databind.node.JsonNodeFactory;

import dev.trafficlab.demo.AppResponse;

/** Problem documents (RFC 9457) of the gateway's own: what the mesh did not answer. */
public final class Problem {

    private static final String CONTENT_TYPE = "application/problem+json";

    private Problem() {}

    public static AppResponse of(int status, String title, String detail) {
        String body = JsonNodeFactory.instance.objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .toString();
        return AppResponse.of(status, CONTENT_TYPE, body);
    }
}
