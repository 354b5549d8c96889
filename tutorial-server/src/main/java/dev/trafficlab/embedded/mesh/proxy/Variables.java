package dev.trafficlab.embedded.mesh.proxy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.route.HeaderOps;
import dev.trafficlab.embedded.mesh.route.RequestHead;

/** Applies header operations; variables in values ({@code %REQ(x-user)%}) are filled in from the exchange. */
final class Variables {

    private static final Pattern VARIABLE = Pattern.compile("%(%|([A-Z_]+)(?:\\(([^)]*)\\))?(?::(\\d+))?%)");

    private final Exchange exchange;
    private final Headers requestHeaders;
    private final Optional<Headers> responseHeaders;
    private final int status;

    private Variables(Exchange exchange, Headers requestHeaders, Optional<Headers> responseHeaders, int status) {
        this.exchange = exchange;
        this.requestHeaders = requestHeaders;
        this.responseHeaders = responseHeaders;
        this.status = status;
    }

    /** For a request on its way, whose headers are these. */
    static Variables ofRequest(Exchange exchange, Headers headers) {
        return new Variables(exchange, headers, Optional.empty(), 0);
    }

    /** For an answer. */
    static Variables ofResponse(Exchange exchange, Headers headers, int status) {
        return new Variables(exchange, exchange.head().headers(), Optional.of(headers), status);
    }

    /** Changes the headers. */
    void apply(HeaderOps ops, HeaderList headers) {
        ops.remove().forEach(headers::remove);
        for (HeaderOps.HeaderValue header : ops.set()) {
            String value = fill(header.value());
            if (!value.isEmpty()) {
                headers.set(header.name(), value);
            }
        }
        for (HeaderOps.HeaderValue header : ops.add()) {
            String value = fill(header.value());
            if (!value.isEmpty()) {
                headers.add(header.name(), value);
            }
        }
    }

    private String fill(String template) {
        if (template.indexOf('%') < 0) {
            return template;
        }
        Matcher variable = VARIABLE.matcher(template);
        return variable.replaceAll(found -> Matcher.quoteReplacement(value(found.group(2), found.group(3), found.group(
                4))));
    }

    private String value(@org.jspecify.annotations.Nullable String name,
            @org.jspecify.annotations.Nullable String argument,
            @org.jspecify.annotations.Nullable String limit) {
        if (name == null) {
            return "%";
        }
        String value = valueOf(name, argument == null ? "" : argument);
        return limit == null ? value : value.substring(0, Math.min(value.length(), Integer.parseInt(limit)));
    }

    private String valueOf(String name, String argument) {
        RequestHead head = exchange.head();
        return switch (name) {
            case "REQ" -> header(requestHeaders, argument);
            case "RESP" -> responseHeaders.map(headers -> header(headers, argument)).orElse("");
            case "DOWNSTREAM_REMOTE_ADDRESS" -> head.peer();
            case "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT" -> head
                    .peerIp();
            case "PROTOCOL" -> "HTTP/1.1";
            case "UPSTREAM_HOST", "UPSTREAM_REMOTE_ADDRESS" ->
                exchange.tried().isEmpty() ? "" : exchange.tried().getLast().endpoint().address();
            case "UPSTREAM_CLUSTER" -> exchange.decision().destination().cluster().name().toString();
            case "RESPONSE_CODE" -> String.valueOf(status);
            case "ROUTE_NAME" -> exchange.decision().route().origin().ruleName();
            default -> "";
        };
    }

    private String header(Headers headers, String names) {
        for (String name : names.split("\\?")) {
            RequestHead head = exchange.head();
            Optional<String> value = switch (name.toUpperCase(Locale.ROOT)) {
                case ":PATH" -> Optional.of(head.target());
                case ":METHOD" -> Optional.of(head.method());
                case ":AUTHORITY", "HOST" -> Optional.of(head.authority());
                case ":SCHEME" -> Optional.of("http");
                default -> headers.first(name);
            };
            if (value.isPresent()) {
                return value.get();
            }
        }
        return "";
    }
}
