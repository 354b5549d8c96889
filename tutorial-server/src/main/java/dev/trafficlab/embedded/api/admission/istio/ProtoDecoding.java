package dev.trafficlab.embedded.api.admission.istio;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.api.admission.GoDuration;

/**
 * What the webhook cannot read of an object whose schema holds: durations for which the schema has no rule. Go: time.ParseDuration, as
 * called by golang/protobuf's jsonpb.
 */
final class ProtoDecoding {

    private static final Set<String> UNITS = Set.of("ns", "us", "µs", "μs", "ms", "s", "m", "h");

    private ProtoDecoding() {}

    /** Why the object cannot be read; empty when it can. */
    static Optional<String> check(String kind, JsonNode spec) {
        return kind.equals("DestinationRule")
                ? policies(spec).flatMap(policy -> lifetime(policy).stream()).findFirst()
                : Optional.empty();
    }

    /** All traffic policies: the rule's, its subsets', and what they say of single ports. */
    private static Stream<JsonNode> policies(JsonNode spec) {
        return Stream.concat(Stream.of(spec), spec.path("subsets").valueStream())
                .map(owner -> owner.path("trafficPolicy"))
                .flatMap(policy -> Stream.concat(Stream.of(policy), policy.path("portLevelSettings").valueStream()));
    }

    private static Optional<String> lifetime(JsonNode policy) {
        JsonNode ttl = policy.path("loadBalancer").path("consistentHash").path("httpCookie").path("ttl");
        return ttl.isTextual() ? wrong(ttl.textValue()).map(text -> "bad Duration: time: " + text) : Optional.empty();
    }

    private static Optional<String> wrong(String duration) {
        if (GoDuration.parse(duration).isPresent()) {
            return Optional.empty();
        }
        String quoted = DomainNames.quote(duration);
        int at = duration.startsWith("-") || duration.startsWith("+") ? 1 : 0;
        while (at < duration.length()) {
            int unitAt = endOfNumber(duration, at);
            if (unitAt == at || unitAt == at + 1 && duration.charAt(at) == '.') {
                break;
            }
            int next = endOfUnit(duration, unitAt);
            if (next == unitAt) {
                return Optional.of("missing unit in duration " + quoted);
            }
            String unit = duration.substring(unitAt, next);
            if (!UNITS.contains(unit)) {
                return Optional.of("unknown unit " + DomainNames.quote(unit) + " in duration " + quoted);
            }
            at = next;
        }
        return Optional.of("invalid duration " + quoted);
    }

    /** Digits, and a point among them. */
    private static int endOfNumber(String text, int from) {
        int at = digits(text, from);
        return at < text.length() && text.charAt(at) == '.' ? digits(text, at + 1) : at;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** All up to the next point or digit. */
    private static int endOfUnit(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '.' && digits(text, at) == at) {
            at++;
        }
        return at;
    }
}
