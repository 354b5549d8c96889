package dev.trafficlab.embedded.api.bounds;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiException;

/** Measures a value as JSON without writing it. */
public final class JsonSize {

    private final long most;
    private long bytes;

    private JsonSize(long most) {
        this.most = most;
    }

    /**
     * The bytes that the value takes as JSON in UTF-8, or some number above the limit as soon as it is known to be larger.
     *
     * @throws ApiException 400 when it nests deeper than {@link Bounds#NESTING}
     */
    public static long of(JsonNode value, long most) {
        JsonSize size = new JsonSize(most);
        size.count(value, 0);
        return size.bytes;
    }

    /**
     * Refuses an object that is too large to be stored, or nests too deep to be worked with.
     *
     * @throws ApiException 413 {@code RequestEntityTooLarge}, 400 {@code BadRequest}
     */
    public static void requireStorable(JsonNode object) {
        if (of(object, Bounds.OBJECT_BYTES) > Bounds.OBJECT_BYTES) {
            throw new ApiException(413, "RequestEntityTooLarge", "Request entity too large: limit is "
                    + Bounds.OBJECT_BYTES + " for an object together with its managedFields");
        }
    }

    private void count(JsonNode value, int depth) {
        if (depth > Bounds.NESTING) {
            throw ApiException.badRequest("exceeded max depth: nested more than " + Bounds.NESTING + " levels deep");
        }
        if (value.isObject()) {
            bytes += 2;
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                bytes += 2;
                countText(entry.getKey());
                count(entry.getValue(), depth + 1);
                if (bytes > most) {
                    return;
                }
            }
        } else if (value.isArray()) {
            bytes += 2;
            for (JsonNode item : value) {
                bytes++;
                count(item, depth + 1);
                if (bytes > most) {
                    return;
                }
            }
        } else if (value.isTextual()) {
            countText(value.textValue());
        } else {
            bytes += value.asText().length();
        }
    }

    private void countText(String text) {
        bytes += 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
    }
}
