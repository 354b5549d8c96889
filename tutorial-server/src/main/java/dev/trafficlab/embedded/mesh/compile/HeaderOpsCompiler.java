package dev.trafficlab.embedded.mesh.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.route.HeaderOps;
import dev.trafficlab.embedded.mesh.route.HeaderOps.HeaderValue;

/** From a rule's header operations to changes. */
final class HeaderOpsCompiler {

    private static final Pattern VARIABLE = Pattern.compile("%(%|([A-Z_]+)(\\([^)]*\\))?(?::\\d+)?%)");
    private static final java.util.Set<String> KNOWN = java.util.Set.of("REQ", "RESP", "DOWNSTREAM_REMOTE_ADDRESS",
            "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT", "PROTOCOL",
            "UPSTREAM_HOST", "UPSTREAM_REMOTE_ADDRESS", "UPSTREAM_CLUSTER", "RESPONSE_CODE", "START_TIME",
            "ROUTE_NAME");

    private HeaderOpsCompiler() {}

    static HeaderOps compile(JsonNode operations, Consumer<String> notSupported) {
        if (operations.isEmpty()) {
            return HeaderOps.NONE;
        }
        List<String> remove = Json.texts(operations, "remove").stream().filter(name -> !isInternal(name)).toList();
        return new HeaderOps(remove, values(operations.path("set"), notSupported),
                values(operations.path("add"), notSupported));
    }

    /** The Host that the operations set, empty for none. */
    static String authority(JsonNode operations) {
        String set = authorityIn(operations.path("set"));
        return set.isEmpty() ? authorityIn(operations.path("add")) : set;
    }

    private static String authorityIn(JsonNode headers) {
        return headers.properties()
                .stream()
                .filter(header -> isAuthority(header.getKey()))
                .map(header -> header.getValue().asText())
                .reduce("", (_, last) -> last);
    }

    private static boolean isAuthority(String name) {
        return name.equalsIgnoreCase("host") || name.equalsIgnoreCase(":authority");
    }

    private static boolean isInternal(String name) {
        return name.startsWith(":") || name.equalsIgnoreCase("host");
    }

    private static List<HeaderValue> values(JsonNode headers, Consumer<String> notSupported) {
        List<HeaderValue> values = new ArrayList<>();
        headers.properties().forEach(header -> {
            String unknown = unknownVariable(header.getValue().asText());
            if (!unknown.isEmpty()) {
                notSupported.accept("The variable " + unknown + " in the value of header " + header.getKey()
                        + " is not supported: the header is left out.");
            } else if (!isInternal(header.getKey())) {
                values.add(new HeaderValue(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
            }
        });
        values.sort(Comparator.comparing(HeaderValue::name));
        return values;
    }

    private static String unknownVariable(String value) {
        Matcher variable = VARIABLE.matcher(value);
        while (variable.find()) {
            if (variable.group(2) != null && !KNOWN.contains(variable.group(2))) {
                return variable.group();
            }
        }
        return "";
    }
}
