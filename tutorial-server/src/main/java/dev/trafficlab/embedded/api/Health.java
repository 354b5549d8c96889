package dev.trafficlab.embedded.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import dev.trafficlab.embedded.api.response.Responses;

/** What anybody may ask: is the server well, and which one is it. */
final class Health {

    private static final String MINOR = "34";

    private Health() {}

    static boolean isPublic(String path) {
        return switch (path) {
            case "/healthz", "/livez", "/readyz", "/version", "/version/" -> true;
            default -> false;
        };
    }

    static ApiResponse answer(String path) {
        if (!path.startsWith("/version")) {
            return Responses.text("ok");
        }
        return Responses.json(200, JsonNodeFactory.instance.objectNode()
                .put("major", "1")
                .put("minor", MINOR)
                .put("gitVersion", "v1." + MINOR + ".1")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2025-09-09T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "javac")
                .put("platform", "linux/amd64"));
    }
}
