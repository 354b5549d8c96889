package dev.trafficlab.embedded.mesh.proxy;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.embedded.mesh.balance.Endpoint;
import dev.trafficlab.embedded.mesh.route.RequestHead;
import dev.trafficlab.embedded.mesh.route.RouteAction;

/**
 * Fills in Envoy's substitution commands ({@code %REQ(x-user)%}) from an exchange, each as far as it is known at that moment. The
 * answers were recorded from Envoy 1.40; commands about TLS, tracing or metadata have no value here. Envoy: formatter/.
 */
final class Formatter {

    private static final Pattern COMMAND = Pattern.compile("%(%|([A-Z_]+)(?:\\(([^()]*+)\\))?(?::(\\d+))?%)");

    private final Exchange exchange;
    private final HeaderList request;
    private final String authority;
    private final String target;
    private final Optional<HeaderList> response;
    private final int status;

    private Formatter(Exchange exchange, HeaderList request, String authority, String target,
            Optional<HeaderList> response, int status) {
        this.exchange = exchange;
        this.request = request;
        this.authority = authority;
        this.target = target;
        this.response = response;
        this.status = status;
    }

    /** For a request on its way, whose headers and Host are these so far. */
    static Formatter ofRequest(Exchange exchange, HeaderList headers, String authority) {
        return new Formatter(exchange, headers, authority, exchange.head().target(), Optional.empty(), 0);
    }

    /** For an answer; the request is seen as it went to the pod, where it did. */
    static Formatter ofResponse(Exchange exchange, HeaderList headers, int status) {
        RequestHead head = exchange.head();
        Optional<AppRequest> sent = exchange.sent();
        return new Formatter(exchange, HeaderList.of(sent.map(AppRequest::headers).orElseGet(head::headers)),
                sent.map(AppRequest::host).orElseGet(head::authority),
                sent.map(AppRequest::target).orElseGet(head::target), Optional.of(headers), status);
    }

    /** The text with its commands filled in. */
    String fill(String template) {
        if (template.indexOf('%') < 0) {
            return template;
        }
        return COMMAND.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(value(found.group(2), found.group(3), found.group(4))));
    }

    private String value(@Nullable String name, @Nullable String argument, @Nullable String limit) {
        if (name == null) {
            return "%";
        }
        String value = valueOf(name, argument == null ? "" : argument);
        return limit == null ? value : value.substring(0, Math.min(value.length(), Integer.parseInt(limit)));
    }

    private String valueOf(String name, String argument) {
        return switch (name) {
            case "REQ" -> requestHeader(argument);
            case "RESP" -> response.map(headers -> responseHeader(headers, argument)).orElse("");
            case "PATH" -> path(argument);
            case "QUERY_PARAM" -> parameter(argument);
            case "QUERY_PARAMS" -> target.substring(Math.min(target.length(), pathEnd() + 1));
            case "PROTOCOL" -> "HTTP/1.1";
            case "START_TIME" -> TimeFormat.format(argument, Instant.ofEpochMilli(exchange.startedAt()));
            case "EMIT_TIME" -> TimeFormat.format(argument, Instant.ofEpochMilli(exchange.now()));
            case "UNIQUE_ID" -> exchange.uniqueId();
            case "STREAM_ID" -> requestHeader("x-request-id");
            case "ENVIRONMENT" -> argument.equals("POD_NAME") ? exchange.side().pod() : "-";
            case "HOSTNAME" -> exchange.side().pod();
            case "ROUTE_NAME" -> exchange.decision().route().origin().ruleName();
            case "ACCESS_LOG_TYPE" -> "NotSet";
            default -> name.startsWith("DOWNSTREAM_")
                    ? downstream(name)
                    : name.startsWith("UPSTREAM_") ? upstream(name) : outcome(name);
        };
    }

    private String downstream(String name) {
        RequestHead head = exchange.head();
        String local = exchange.side().address();
        return switch (name.replace("DIRECT_", "")) {
            case "DOWNSTREAM_REMOTE_ADDRESS" -> head.peer();
            case "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT" -> head.peerIp();
            case "DOWNSTREAM_REMOTE_PORT" -> head.peer().substring(head.peer().lastIndexOf(':') + 1);
            case "DOWNSTREAM_LOCAL_ADDRESS" -> local;
            case "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT" -> local.substring(0, Math.max(0, local.lastIndexOf(':')));
            case "DOWNSTREAM_LOCAL_PORT" -> local.substring(local.lastIndexOf(':') + 1);
            default -> "";
        };
    }

    private String upstream(String name) {
        Optional<Endpoint> pod = exchange.tried().isEmpty()
                ? Optional.empty()
                : Optional.of(exchange.tried().getLast().endpoint());
        return switch (name) {
            case "UPSTREAM_HOST", "UPSTREAM_REMOTE_ADDRESS", "UPSTREAM_HOST_NAME", "UPSTREAM_HOSTS_ATTEMPTED" -> pod
                    .map(Endpoint::address)
                    .orElse("");
            case "UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "UPSTREAM_HOST_NAME_WITHOUT_PORT" -> pod.map(Endpoint::ip)
                    .orElse("");
            case "UPSTREAM_REMOTE_PORT" -> pod.map(endpoint -> String.valueOf(endpoint.port())).orElse("");
            case "UPSTREAM_CLUSTER" -> cluster().map(cluster -> cluster + ";").orElse("");
            case "UPSTREAM_CLUSTER_RAW" -> cluster().orElse("");
            case "UPSTREAM_PROTOCOL" -> exchange.answeredBy().isPresent() ? "HTTP/1.1" : "";
            case "UPSTREAM_REQUEST_ATTEMPT_COUNT" -> String.valueOf(attempts());
            default -> "";
        };
    }

    private int attempts() {
        return response.isEmpty() && exchange.tried().isEmpty() ? 1 : exchange.tried().size();
    }

    /** The cluster that the route leads to, if it exists. */
    private Optional<String> cluster() {
        boolean forwards = exchange.decision().route().action() instanceof RouteAction.Forward;
        return forwards && exchange.decision().destination().cluster().missing().isEmpty()
                ? Optional.of(exchange.decision().destination().cluster().name().toString())
                : Optional.empty();
    }

    private String outcome(String name) {
        return switch (name) {
            case "RESPONSE_CODE" -> String.valueOf(exchange.answeredBy().isPresent() ? status : 0);
            case "RESPONSE_FLAGS" -> exchange.flags().isEmpty() ? "-" : String.join(",", exchange.flags());
            case "RESPONSE_CODE_DETAILS" -> response.isEmpty() ? "" : exchange.details();
            case "BYTES_RECEIVED" -> exchange.answeredBy().isPresent()
                    ? String.valueOf(exchange.request().body().length().orElse(0))
                    : "0";
            case "BYTES_SENT" -> "0";
            case "DURATION" -> String.valueOf(exchange.now() - exchange.startedAt());
            case "CONNECTION_ID" -> Integer.toUnsignedString(exchange.head().peer().hashCode());
            default -> "";
        };
    }

    private String path(String options) {
        boolean original = options.endsWith("ORIG");
        Optional<String> before = request.first("x-envoy-original-path");
        String path = options.endsWith(":PATH") || !original && before.isEmpty() ? target : before.orElse("");
        int query = options.startsWith("NQ") ? path.indexOf('?') : -1;
        return query < 0 ? path : path.substring(0, query);
    }

    private int pathEnd() {
        int query = target.indexOf('?');
        return query < 0 ? target.length() : query;
    }

    private String parameter(String name) {
        RequestHead seen = new RequestHead("", "", target, exchange.head().headers(), exchange.head().peer());
        return seen.parameter(name).orElse("");
    }

    private String requestHeader(String names) {
        for (String name : names.split("\\?")) {
            Optional<String> value = switch (name.toLowerCase(Locale.ROOT)) {
                case ":path" -> Optional.of(target);
                case ":method" -> Optional.of(exchange.head().method());
                case ":authority", "host" -> Optional.of(authority);
                case ":scheme" -> Optional.of("http");
                default -> request.first(name.toLowerCase(Locale.ROOT));
            };
            if (value.isPresent()) {
                return value.get();
            }
        }
        return "";
    }

    private String responseHeader(HeaderList headers, String names) {
        for (String name : names.split("\\?")) {
            Optional<String> value = name.equals(":status")
                    ? OptionalInt.of(status).stream().mapToObj(String::valueOf).findFirst()
                    : headers.first(name.toLowerCase(Locale.ROOT));
            if (value.isPresent()) {
                return value.get();
            }
        }
        return "";
    }
}
