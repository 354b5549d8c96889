package dev.trafficlab.embedded.api.request;

import java.util.Optional;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.Identity;
import dev.trafficlab.embedded.api.ResourceType;

/** One request for objects, taken apart. */
public record RequestInfo(ApiRequest request, Query query, ResourcePath path, Identity identity) {

    private static final String UNKNOWN_CLIENT = "unknown";

    public ResourceType type() {
        return path.type();
    }

    /** As whom the client writes: what it says, else what it calls itself. */
    public String fieldManager() {
        Optional<String> named = query.first("fieldManager");
        if (named.isPresent()) {
            return checked(named.get());
        }
        String agent = request.header("user-agent").orElse("");
        int slash = agent.indexOf('/');
        String name = slash < 0 ? agent : agent.substring(0, slash);
        return name.isBlank() ? UNKNOWN_CLIENT
                : name.substring(0, Math.min(name.length(), Bounds.FIELD_MANAGER_CHARACTERS));
    }

    private String checked(String manager) {
        String wrong = manager.length() > Bounds.FIELD_MANAGER_CHARACTERS
                ? "Too long: may not be more than " + Bounds.FIELD_MANAGER_CHARACTERS + " bytes"
                : manager.chars().allMatch(c -> c >= ' ' && c != 127) ? ""
                        : "Invalid value: should only contain printable characters";
        if (!wrong.isEmpty()) {
            String options = switch (request.method()) {
                case "POST" -> "CreateOptions";
                case "PUT" -> "UpdateOptions";
                default -> "PatchOptions";
            };
            throw new ApiException(422, "Invalid", options + ".meta.k8s.io \"\" is invalid: fieldManager: " + wrong);
        }
        return manager;
    }
}
