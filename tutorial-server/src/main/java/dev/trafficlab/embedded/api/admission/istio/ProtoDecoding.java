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
        String rest = duration.replaceFirst("^[-+]", "");
        while (!rest.isEmpty()) {
            String number = rest.replaceFirst("^([0-9]*\\.?[0-9]*).*", "$1");
            if (number.isEmpty() || number.equals(".")) {
                break;
            }
            String unit = rest.substring(number.length()).replaceFirst("[.0-9].*", "");
            if (unit.isEmpty()) {
                return Optional.of("missing unit in duration " + quoted);
            }
            if (!UNITS.contains(unit)) {
                return Optional.of("unknown unit " + DomainNames.quote(unit) + " in duration " + quoted);
            }
            rest = rest.substring(number.length() + unit.length());
        }
        return Optional.of("invalid duration " + quoted);
    }
}
