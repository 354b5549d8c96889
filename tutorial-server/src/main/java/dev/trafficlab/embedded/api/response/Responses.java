package dev.trafficlab.embedded.api.response;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.ResourceTypes;

/** Answers as bytes. */
public final class Responses {

    private static final String CONTENT_TYPE = "Content-Type";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Responses() {}

    public static ApiResponse json(int status, JsonNode body) {
        return json(status, body, List.of());
    }

    public static ApiResponse json(int status, JsonNode body, List<String> warnings) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(CONTENT_TYPE, "application/json");
        Warnings.header(warnings).ifPresent(warning -> headers.put("Warning", warning));
        return new ApiResponse.Complete(status, headers, bytes(body));
    }

    public static ApiResponse typed(String contentType, byte[] body) {
        return new ApiResponse.Complete(200, Map.of(CONTENT_TYPE, contentType), body);
    }

    public static ApiResponse text(String body) {
        return typed("text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /** A group or version that nobody serves gets no {@code Status}: there is nobody to write one. */
    public static Optional<ApiResponse> ofNoVersion(String path) {
        String[] parts = path.split("/", -1);
        boolean core = parts.length > 3 && parts[1].equals("api");
        boolean served = core ? ResourceTypes.serves("", parts[2])
                : parts.length <= 4 || !parts[1].equals("apis") || ResourceTypes.serves(parts[2], parts[3]);
        return served ? Optional.empty()
                : Optional.of(new ApiResponse.Complete(404, Map.of(CONTENT_TYPE, "text/plain; charset=utf-8"),
                        "404 page not found\n".getBytes(StandardCharsets.UTF_8)));
    }

    public static ApiResponse refusal(ApiException refusal) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(CONTENT_TYPE, "application/json");
        refusal.retryAfter().ifPresent(seconds -> headers.put("Retry-After", Integer.toString(seconds)));
        return new ApiResponse.Complete(refusal.code(), headers, bytes(refusal.status()));
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }
}
