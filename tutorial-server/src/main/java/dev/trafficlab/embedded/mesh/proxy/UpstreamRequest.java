package dev.trafficlab.embedded.mesh.proxy;

import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

import com.google.re2j.Matcher;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.embedded.mesh.route.RequestHead;
import dev.trafficlab.embedded.mesh.route.Route;
import dev.trafficlab.embedded.mesh.route.RouteAction.Forward;
import dev.trafficlab.embedded.mesh.route.RouteAction.Rewrite;
import dev.trafficlab.embedded.mesh.route.TextMatch;
import dev.trafficlab.embedded.mesh.route.WeightedClusters;
import dev.trafficlab.embedded.mesh.work.CallChain;

/** The request as a pod gets it: headers finalised, host and path rewritten. Envoy: http/conn_manager_utility.cc, router/config_impl.cc. */
final class UpstreamRequest {

    /** Orders to proxies: nobody from outside gives them, and no pod gets to see them. */
    private static final List<String> ORDERS = List.of("x-envoy-retry-on", "x-envoy-retry-grpc-on",
            "x-envoy-max-retries",
            "x-envoy-retriable-status-codes", "x-envoy-retriable-header-names", "x-envoy-upstream-rq-timeout-ms",
            "x-envoy-upstream-rq-per-try-timeout-ms", "x-envoy-upstream-alt-stat-name",
            "x-envoy-expected-rq-timeout-ms",
            "x-envoy-decorator-operation", "x-envoy-downstream-service-cluster", "x-envoy-original-path");

    private UpstreamRequest() {}

    static AppRequest of(Exchange exchange, Forward forward, RandomGenerator dice) {
        RequestHead head = exchange.head();
        Route route = exchange.decision().route();
        WeightedClusters.Destination destination = exchange.decision().destination();
        HeaderList headers = HeaderList.of(head.headers());
        ORDERS.forEach(headers::remove);
        identify(exchange, headers, dice);
        headers.set("x-envoy-attempt-count", "1");
        long expected = forward.retry().perTryTimeoutMillis() > 0
                ? forward.retry().perTryTimeoutMillis()
                : forward.timeoutMillis();
        if (expected > 0) {
            headers.set("x-envoy-expected-rq-timeout-ms", String.valueOf(expected));
        }
        Variables variables = Variables.ofRequest(exchange, headers.headers());
        variables.apply(destination.request(), headers);
        variables.apply(route.request(), headers);
        String target = rewrite(forward.rewrite(), route.match().path(), head);
        if (!(forward.rewrite() instanceof Rewrite.Keep)) {
            headers.set("x-envoy-original-path", head.target());
            exchange.narrator().rewritten("path", head.target(), target);
        }
        String host = host(destination, forward, head);
        if (!host.equals(head.authority())) {
            exchange.narrator().rewritten("host", head.authority(), host);
        }
        return new AppRequest(head.method(), host, target, headers.headers(), exchange.request().body());
    }

    private static String host(WeightedClusters.Destination destination, Forward forward, RequestHead head) {
        if (!destination.authority().isEmpty()) {
            return destination.authority();
        }
        return forward.authority().isEmpty() ? head.authority() : forward.authority();
    }

    /** What Envoy adds so that those behind it know where the request came from. */
    private static void identify(Exchange exchange, HeaderList headers, RandomGenerator dice) {
        String peer = exchange.head().peerIp();
        if (!exchange.side().gateway()) {
            headers.setIfAbsent("x-forwarded-proto", "http");
            headers.setIfAbsent("x-request-id", requestId(dice));
            return;
        }
        boolean internal = !headers.has("x-forwarded-for") && isPrivate(peer);
        String before = headers.first("x-forwarded-for").map(list -> list + ",").orElse("");
        headers.set("x-forwarded-for", before + peer);
        headers.set("x-forwarded-proto", "http");
        if (internal) {
            headers.set("x-envoy-internal", "true");
            headers.setIfAbsent("x-request-id", requestId(dice));
        } else {
            headers.remove("x-envoy-internal");
            headers.set("x-envoy-external-address", peer);
            headers.set("x-request-id", requestId(dice));
        }
    }

    private static boolean isPrivate(String ip) {
        return ip.startsWith("10.") || ip.startsWith("192.168.") || ip.startsWith("127.") || ip.equals("::1")
                || ip.startsWith("fd") || ip.startsWith("fc") || ip.matches("172\\.(1[6-9]|2\\d|3[01])\\..*");
    }

    private static String requestId(RandomGenerator dice) {
        long high = dice.nextLong() & ~0xF000L | 0x4000L;
        long low = dice.nextLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    static String rewrite(Rewrite rewrite, TextMatch matched, RequestHead head) {
        return switch (rewrite) {
            case Rewrite.Keep _ -> head.target();
            case Rewrite.Matched by -> by.by() + head.target().substring(matchedLength(matched, head));
            case Rewrite.Regex regex -> replaceAll(regex, head.path()) + head.target().substring(head.pathEnd());
        };
    }

    private static int matchedLength(TextMatch matched, RequestHead head) {
        return matched instanceof TextMatch.Prefix prefix ? prefix.value().length() : head.pathEnd();
    }

    private static String replaceAll(Rewrite.Regex rewrite, String path) {
        if (!CallChain.takeRegexSteps((long) rewrite.pattern().programSize() * path.length())) {
            return path;
        }
        Matcher matcher = rewrite.pattern().matcher(path);
        StringBuilder replaced = new StringBuilder();
        int done = 0;
        while (matcher.find()) {
            replaced.append(path, done, matcher.start());
            substitute(rewrite.substitution(), matcher, replaced);
            done = matcher.end();
        }
        return replaced.append(path, done, path.length()).toString();
    }

    /** In RE2's substitutions {@code \\1} is what the first group matched. */
    private static void substitute(String substitution, Matcher match, StringBuilder into) {
        for (int i = 0; i < substitution.length(); i++) {
            char letter = substitution.charAt(i);
            if (letter != '\\' || i + 1 == substitution.length()) {
                into.append(letter);
                continue;
            }
            char escaped = substitution.charAt(++i);
            int group = Character.digit(escaped, 10);
            if (group < 0) {
                into.append(escaped);
            } else if (group <= match.groupCount() && match.group(group) != null) {
                into.append(match.group(group));
            }
        }
    }
}
