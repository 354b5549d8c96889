package dev.trafficlab.embedded.api.patch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.bounds.JsonSize;

/** JSON patch (RFC 6902). */
public final class JsonPatch {

    private JsonNode document;
    private long copied;

    private JsonPatch(JsonNode document) {
        this.document = document;
    }

    /** The target after all operations; the target itself may be changed. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isArray()) {
            throw ApiException.badRequest(
                    "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp");
        }
        if (patch.size() > Bounds.JSON_PATCH_OPERATIONS) {
            throw new ApiException(413, "RequestEntityTooLarge", "The allowed maximum operations in a JSON patch is "
                    + Bounds.JSON_PATCH_OPERATIONS
                    + ", got " + patch.size());
        }
        JsonPatch work = new JsonPatch(target);
        patch.forEach(work::operate);
        return work.document;
    }

    private void operate(JsonNode operation) {
        String path = operation.path("path").asText();
        switch (operation.path("op").asText()) {
            case "add" -> add(path, value(operation));
            case "remove" -> remove(path, "remove");
            case "replace" -> replace(path, value(operation));
            case "move" -> add(path, remove(operation.path("from").asText(), "move"));
            case "copy" -> add(path, copy(at(operation.path("from").asText(), "copy")));
            case "test" -> test(path, operation.path("value"));
            default -> throw refusal("Unexpected kind: " + operation.path("op").asText());
        }
    }

    /** Copies may double a document again and again: what they add is counted before it is made, as evanphx/json-patch does. */
    private JsonNode copy(JsonNode value) {
        copied += JsonSize.of(value, Bounds.JSON_PATCH_COPIED_BYTES);
        if (copied > Bounds.JSON_PATCH_COPIED_BYTES) {
            throw refusal("Unable to complete the copy, the accumulated size increase of copy is " + copied
                    + ", exceeding the limit " + Bounds.JSON_PATCH_COPIED_BYTES);
        }
        return value.deepCopy();
    }

    private static JsonNode value(JsonNode operation) {
        if (!operation.has("value")) {
            throw refusal("missing value in " + operation.path("op").asText() + " operation of path: "
                    + operation.path("path").asText());
        }
        return operation.get("value").deepCopy();
    }

    private void add(String path, JsonNode value) {
        JsonPointer pointer = pointer(path);
        if (pointer.matches()) {
            document = value;
            return;
        }
        switch (parent(pointer, path, "add")) {
            case ObjectNode object -> object.set(pointer.last().getMatchingProperty(), value);
            case ArrayNode array -> array.insert(insertionIndex(array, pointer, path), value);
            default -> throw missing("add", path);
        }
    }

    private static int insertionIndex(ArrayNode array, JsonPointer pointer, String path) {
        if (pointer.last().getMatchingProperty().equals("-")) {
            return array.size();
        }
        int index = pointer.last().getMatchingIndex();
        if (index < 0 || index > array.size()) {
            throw refusal("add operation does not apply: doc is missing path: " + path + ": missing value");
        }
        return index;
    }

    private JsonNode remove(String path, String operation) {
        JsonPointer pointer = pointer(path);
        JsonNode old = at(path, operation);
        switch (parent(pointer, path, operation)) {
            case ObjectNode object -> object.remove(pointer.last().getMatchingProperty());
            case ArrayNode array -> array.remove(pointer.last().getMatchingIndex());
            default -> throw missing(operation, path);
        }
        return old;
    }

    private void replace(String path, JsonNode value) {
        JsonPointer pointer = pointer(path);
        at(path, "replace");
        if (pointer.matches()) {
            document = value;
            return;
        }
        switch (parent(pointer, path, "replace")) {
            case ObjectNode object -> object.set(pointer.last().getMatchingProperty(), value);
            case ArrayNode array -> array.set(pointer.last().getMatchingIndex(), value);
            default -> throw missing("replace", path);
        }
    }

    private void test(String path, JsonNode wanted) {
        JsonNode found = document.at(pointer(path));
        boolean bothAbsent = found.isMissingNode() && (wanted.isNull() || wanted.isMissingNode());
        if (!bothAbsent && !found.equals(wanted)) {
            throw refusal("testing value " + path + " failed: test failed");
        }
    }

    private JsonNode at(String path, String operation) {
        JsonNode found = document.at(pointer(path));
        if (found.isMissingNode()) {
            throw missing(operation, path);
        }
        return found;
    }

    private JsonNode parent(JsonPointer pointer, String path, String operation) {
        if (pointer.matches()) {
            throw missing(operation, path);
        }
        JsonNode parent = document.at(pointer.head());
        if (parent.isMissingNode()) {
            throw missing(operation, path);
        }
        return parent;
    }

    private static JsonPointer pointer(String path) {
        try {
            return JsonPointer.compile(path);
        } catch (IllegalArgumentException e) {
            throw refusal("the path \"" + path + "\" does not start with a slash");
        }
    }

    private static ApiException missing(String operation, String path) {
        return refusal(operation + " operation does not apply: doc is missing key: " + path + ": missing value");
    }

    private static ApiException refusal(String why) {
        return new ApiException(422, "Invalid", "the server rejected our request due to an error in our request: "
                + why);
    }
}
