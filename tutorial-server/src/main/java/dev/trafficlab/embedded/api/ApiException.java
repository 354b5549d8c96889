package dev.trafficlab.embedded.api;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.admission.Admission.Invalid;
import dev.trafficlab.embedded.store.StoreUnavailableException;

/** A request that Kubernetes refuses, with the {@code Status} that says so. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String UNAVAILABLE = "ServiceUnavailable";
    private static final String RETRY_AFTER = "retryAfterSeconds";
    private static final int RETRY_SECONDS = 2;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    /** A refusal with details that are filled in here. */
    public ApiException(int code, String reason, String message, Consumer<ObjectNode> details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = JsonNodeFactory.instance.objectNode();
        details.accept(this.details);
    }

    /** A refusal without details. */
    public ApiException(int code, String reason, String message) {
        this(code, reason, message, _ -> {});
    }

    /** HTTP status code. */
    public int code() {
        return code;
    }

    /** Kubernetes' word for it: {@code NotFound}, {@code AlreadyExists}, {@code Conflict}, {@code Invalid}, … */
    public String reason() {
        return reason;
    }

    /** Whether the object is not there. */
    public boolean isNotFound() {
        return reason.equals("NotFound");
    }

    /** Whether somebody else was faster. */
    public boolean isConflict() {
        return reason.equals("Conflict");
    }

    /** The answer's body. */
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", String.valueOf(getMessage()));
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        if (!details.isEmpty()) {
            status.set("details", details.deepCopy());
        }
        return status.put("code", code);
    }

    /** The request makes no sense. */
    public static ApiException badRequest(String message) {
        return new ApiException(400, "BadRequest", message);
    }

    /** There is more to do for the client than may wait; as kube-apiserver's priority and fairness says it. */
    static ApiException tooManyRequests(long waitSeconds) {
        return new ApiException(429, "TooManyRequests", "Too many requests, please try again later.",
                details -> details.put(RETRY_AFTER, waitSeconds));
    }

    /** The store cannot do it now; clients of Kubernetes try again by themselves. */
    public static ApiException unavailable(StoreUnavailableException cause) {
        return new ApiException(503, UNAVAILABLE, String.valueOf(cause.getMessage()),
                details -> details.put(RETRY_AFTER, RETRY_SECONDS));
    }

    /** After how many seconds a client may try again, where that is of use. */
    public OptionalInt retryAfter() {
        return details.has(RETRY_AFTER) ? OptionalInt.of(details.path(RETRY_AFTER).asInt()) : OptionalInt.empty();
    }

    public static ApiException notFound(ResourceType type, String name) {
        return about(404, "NotFound", qualified(type) + " \"" + name + "\" not found", type, name);
    }

    static ApiException alreadyExists(ResourceType type, String name) {
        return about(409, "AlreadyExists", qualified(type) + " \"" + name + "\" already exists", type, name);
    }

    public static ApiException conflict(ResourceType type, String name, String why) {
        return about(409, "Conflict", "Operation cannot be fulfilled on " + qualified(type) + " \"" + name + "\": "
                + why, type,
                name);
    }

    static ApiException modified(ResourceType type, String name) {
        return conflict(type, name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiException forbidden(ResourceType type, String name, String why) {
        return about(403, "Forbidden",
                qualified(type) + (name.isEmpty() ? "" : " \"" + name + "\"") + " is forbidden: " + why, type, name);
    }

    static ApiException terminating(ResourceType type, String name, String namespace) {
        ApiException refused = forbidden(type, name,
                "unable to create new content in namespace " + namespace + " because it is being terminated");
        cause(refused.details, "NamespaceTerminating", "namespace " + namespace + " is being terminated",
                "metadata.namespace");
        return refused;
    }

    /** What validation refuses; the message lists every cause as Kubernetes does. */
    static ApiException invalid(ResourceType type, String name, List<Invalid> causes) {
        List<String> lines = causes.stream().map(cause -> cause.field() + ": " + cause.message()).distinct().toList();
        String text = lines.size() == 1 ? lines.getFirst() : "[" + String.join(", ", lines) + "]";
        String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
        return new ApiException(422, "Invalid", kind + " \"" + name + "\" is invalid: " + text, details -> {
            describe(details, name, type.group(), type.kind());
            causes.forEach(cause -> cause(details, cause.reason(), cause.message(), cause.field()));
        });
    }

    /** What Istio's webhook refuses; istiod gives no reason of its own, so the Status has none either. */
    static ApiException denied(String why) {
        return new ApiException(400, "", "admission webhook \"validation.istio.io\" denied the request: " + why);
    }

    private static ApiException about(int code, String reason, String message, ResourceType type, String name) {
        return new ApiException(code, reason, message, details -> describe(details, name, type.group(), type.plural()));
    }

    public static void describe(ObjectNode details, String name, String group, String kind) {
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        details.put("kind", kind);
    }

    public static void cause(ObjectNode details, String reason, String message, String field) {
        details.withArray("/causes").addObject().put("reason", reason).put("message", message).put("field", field);
    }

    /** {@code deployments.apps}, as messages name a resource. */
    static String qualified(ResourceType type) {
        return type.resource();
    }
}
