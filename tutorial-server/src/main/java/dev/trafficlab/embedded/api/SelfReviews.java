package dev.trafficlab.embedded.api;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.Identity.AccessScope;
import dev.trafficlab.embedded.api.request.RequestBodies;
import dev.trafficlab.embedded.api.response.Responses;

/** What a client may ask about itself: who it is, and what it may do. */
final class SelfReviews {

    private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
    private static final String AUTHENTICATION = "/apis/authentication.k8s.io/v1/";
    private static final int CREATED = 201;

    Optional<ApiResponse> answer(ApiRequest request, Identity identity) {
        if (!request.method().equals("POST")) {
            return Optional.empty();
        }
        return switch (request.path()) {
            case AUTHORIZATION + "selfsubjectaccessreviews" -> Optional.of(access(RequestBodies.object(request),
                    identity));
            case AUTHORIZATION + "selfsubjectrulesreviews" -> Optional.of(rules(RequestBodies.object(request),
                    identity));
            case AUTHENTICATION + "selfsubjectreviews" -> Optional.of(self(RequestBodies.object(request), identity));
            default -> Optional.empty();
        };
    }

    private static ApiResponse access(ObjectNode review, Identity identity) {
        JsonNode resource = review.path("spec").path("resourceAttributes");
        boolean allowed = resource.isMissingNode()
                ? identity.reach() != AccessScope.NOTHING && review.at("/spec/nonResourceAttributes/verb")
                        .asText()
                        .equals("get")
                : allows(resource, identity);
        ObjectNode status = review.putObject("status").put("allowed", allowed);
        if (!allowed && identity.reach() == AccessScope.HOME) {
            status.put("reason", "the token of namespace \"" + identity.home() + "\" opens that namespace only");
        }
        return Responses.json(CREATED, review);
    }

    private static boolean allows(JsonNode wish, Identity identity) {
        if (identity.reach() == AccessScope.EVERYTHING) {
            return true;
        }
        String plural = wish.path("resource").asText();
        String group = wish.path("group").asText();
        String namespace = wish.path("namespace").asText();
        String verb = wish.path("subresource").asText().equals("proxy") ? "proxy" : wish.path("verb").asText();
        if (plural.equals("*")) {
            return namespace.equals(identity.home()) && !namespace.isEmpty();
        }
        return ResourceTypes.all()
                .stream()
                .filter(type -> type.plural().equals(plural))
                .filter(type -> group.equals("*") || type.group().equals(group))
                .anyMatch(type -> identity.may(verb, type, type.namespaced() ? namespace : "", wish.path("name")
                        .asText()));
    }

    private static ApiResponse rules(ObjectNode review, Identity identity) {
        String namespace = review.path("spec").path("namespace").asText();
        ObjectNode status = review.putObject("status");
        ArrayNode rules = status.putArray("resourceRules");
        if (identity.reach() == AccessScope.EVERYTHING) {
            rule(rules, List.of("*"), List.of("*"), List.of("*"));
        } else {
            ResourceTypes.all().forEach(type -> {
                List<String> verbs = List.of("get", "list", "watch", "create", "update", "patch", "delete",
                        "deletecollection")
                        .stream()
                        .filter(verb -> identity.may(verb, type, type.namespaced() ? namespace : "", type.namespaced()
                                ? ""
                                : namespace))
                        .toList();
                if (!verbs.isEmpty()) {
                    rule(rules, verbs, List.of(type.group()), List.of(type.plural()));
                }
            });
        }
        ObjectNode other = status.putArray("nonResourceRules").addObject();
        other.putArray("verbs").add("get");
        other.putArray("nonResourceURLs").add("*");
        status.put("incomplete", false);
        return Responses.json(CREATED, review);
    }

    private static void rule(ArrayNode rules, List<String> verbs, List<String> groups, List<String> resources) {
        ObjectNode rule = rules.addObject();
        verbs.forEach(rule.putArray("verbs")::add);
        groups.forEach(rule.putArray("apiGroups")::add);
        resources.forEach(rule.putArray("resources")::add);
    }

    private static ApiResponse self(ObjectNode review, Identity identity) {
        ObjectNode user = review.putObject("status").putObject("userInfo").put("username", identity.user());
        identity.groups().forEach(user.putArray("groups")::add);
        return Responses.json(CREATED, review);
    }
}
