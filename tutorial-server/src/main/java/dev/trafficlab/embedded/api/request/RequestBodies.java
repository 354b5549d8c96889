package dev.trafficlab.embedded.api.request;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.bounds.BoundedJson;
import dev.trafficlab.embedded.api.protobuf.MalformedProtobufException;
import dev.trafficlab.embedded.api.protobuf.Protobuf;

/** What clients send: JSON, YAML, and protobuf for the kinds that kubectl sends so. */
public final class RequestBodies {

    private RequestBodies() {}

    public static void requireSmall(ApiRequest request) {
        if (request.body().length > Bounds.REQUEST_BYTES) {
            throw new ApiException(413, "RequestEntityTooLarge", "Request entity too large: limit is "
                    + Bounds.REQUEST_BYTES);
        }
        if (request.query().length() > Bounds.QUERY_BYTES) {
            throw new ApiException(414, "BadRequest", "the query is too long: limit is " + Bounds.QUERY_BYTES);
        }
    }

    /** The object in the body. */
    public static ObjectNode object(ApiRequest request) {
        String type = contentType(request);
        JsonNode body = switch (type) {
            case "", "application/json" -> json(request.body());
            case "application/yaml" -> yaml(request.body());
            case "application/vnd.kubernetes.protobuf" -> protobuf(request.body());
            default -> throw new ApiException(415, "UnsupportedMediaType",
                    "the body of the request was in an unknown format - accepted media types include: application/json, "
                            + "application/yaml, application/vnd.kubernetes.protobuf");
        };
        return requireObject(body);
    }

    public static ObjectNode requireObject(JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("couldn't get version/kind; json parse error: json: cannot unmarshal "
                + body.getNodeType().name().toLowerCase(Locale.ROOT)
                + " into Go value of type struct { APIVersion string; Kind string }");
    }

    /** As {@link #object}, but nothing at all is an object without fields. */
    public static ObjectNode optionalObject(ApiRequest request) {
        return request.body().length == 0 ? JsonNodeFactory.instance.objectNode() : object(request);
    }

    public static String contentType(ApiRequest request) {
        String header = request.header("content-type").orElse("");
        int semicolon = header.indexOf(';');
        return (semicolon < 0 ? header : header.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    }

    public static JsonNode json(byte[] body) {
        return BoundedJson.read(body);
    }

    public static JsonNode yaml(byte[] body) {
        return YamlDocument.read(new String(body, StandardCharsets.UTF_8));
    }

    private static ObjectNode protobuf(byte[] body) {
        try {
            return Protobuf.decode(body)
                    .orElseThrow(() -> new ApiException(415, "UnsupportedMediaType",
                            "this object cannot be read as protobuf here: write it as YAML and send it with kubectl apply -f"));
        } catch (MalformedProtobufException e) {
            throw ApiException.badRequest("the object provided is unrecognized: " + e.getMessage());
        }
    }
}
