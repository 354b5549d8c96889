package dev.trafficlab.embedded.mesh.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.route.HeaderOps;
import dev.trafficlab.embedded.mesh.route.HeaderOps.HeaderValue;

/** From a rule's header operations to changes. */
final class HeaderOpsCompiler {

    private static final Pattern VARIABLE = Pattern.compile("%(%|([A-Z_]+)(\\([^()]*+\\))?(?::\\d+)?%)");
    /** Commands that Envoy 1.40 takes in headers; of those that begin with DOWNSTREAM_ or UPSTREAM_ all are taken here. */
    private static final Set<String> COMMANDS = Set.of(
            "ACCESS_LOG_TYPE", "BYTES_RECEIVED", "BYTES_SENT", "CLUSTER_METADATA", "COMMON_DURATION",
            "CONNECTION_ID", "CONNECTION_TERMINATION_DETAILS", "CUSTOM_FLAGS", "DURATION", "DYNAMIC_METADATA",
            "EMIT_TIME", "ENVIRONMENT", "FILTER_STATE", "GRPC_STATUS", "GRPC_STATUS_NUMBER", "HOSTNAME",
            "LOCAL_REPLY_BODY", "METADATA", "PATH", "PROTOCOL", "QUERY_PARAM", "QUERY_PARAMS", "REQ",
            "REQUESTED_SERVER_NAME", "REQUEST_DURATION", "REQUEST_HEADERS_BYTES", "REQUEST_TX_DURATION", "RESP",
            "RESPONSE_CODE", "RESPONSE_CODE_DETAILS", "RESPONSE_DURATION", "RESPONSE_FLAGS", "RESPONSE_FLAGS_LONG",
            "RESPONSE_HEADERS_BYTES", "RESPONSE_TX_DURATION", "ROUNDTRIP_DURATION", "ROUTE_NAME", "START_TIME",
            "STREAM_ID", "TRACE_ID", "TRAILER", "UNIQUE_ID", "VIRTUAL_CLUSTER_NAME");

    private HeaderOpsCompiler() {}

    static HeaderOps compile(JsonNode operations, Consumer<String> refused) {
        if (operations.isEmpty()) {
            return HeaderOps.NONE;
        }
        List<String> remove = Json.texts(operations, "remove").stream().filter(name -> !isInternal(name)).toList();
        return new HeaderOps(remove, values(operations.path("set"), refused),
                values(operations.path("add"), refused));
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

    private static List<HeaderValue> values(JsonNode headers, Consumer<String> refused) {
        List<HeaderValue> values = new ArrayList<>();
        headers.properties().forEach(header -> {
            String unknown = unknownVariable(header.getValue().asText());
            if (!unknown.isEmpty()) {
                refused.accept("The value of header " + header.getKey() + " has " + unknown
                        + ", which is no command of Envoy.");
            } else if (!isInternal(header.getKey())) {
                values.add(new HeaderValue(header.getKey().toLowerCase(Locale.ROOT), header.getValue().asText()));
            }
        });
        values.sort(Comparator.comparing(HeaderValue::name));
        return values;
    }

    private static boolean isCommand(String name) {
        return COMMANDS.contains(name) || name.startsWith("DOWNSTREAM_") || name.startsWith("UPSTREAM_");
    }

    private static String unknownVariable(String value) {
        Matcher variable = VARIABLE.matcher(value);
        while (variable.find()) {
            if (variable.group(2) != null && !isCommand(variable.group(2))) {
                return variable.group();
            }
        }
        return "";
    }
}
