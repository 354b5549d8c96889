package dev.trafficlab.embedded.mesh.proxy;

import java.util.Set;

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

    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "TRACE", "CONNECT");

    private UpstreamRequest() {}

    static AppRequest of(Exchange exchange, Forward forward) {
        RequestHead head = exchange.head();
        Route route = exchange.decision().route();
        WeightedClusters.Destination destination = exchange.decision().destination();
        HeaderList headers = HeaderList.of(head.headers());
        headers.set("x-envoy-decorator-operation", route.operation());
        headers.set("x-envoy-attempt-count", "1");
        long expected = expectedMillis(forward);
        if (expected > 0) {
            headers.set("x-envoy-expected-rq-timeout-ms", String.valueOf(expected));
        }
        new HeaderMutation(Formatter.ofRequest(exchange, headers, head.authority())).apply(destination.request(),
                headers);
        String host = destination.authority().isEmpty() ? head.authority() : destination.authority();
        new HeaderMutation(Formatter.ofRequest(exchange, headers, host)).apply(route.request(), headers);
        if (!forward.authority().isEmpty()) {
            headers.set("x-envoy-original-host", host);
            host = forward.authority();
        }
        String target = rewrite(forward.rewrite(), route.match().path(), head);
        if (!(forward.rewrite() instanceof Rewrite.Keep)) {
            headers.set("x-envoy-original-path", head.target());
            exchange.narrator().rewritten("path", head.target(), target);
        }
        if (!host.equals(head.authority())) {
            exchange.narrator().rewritten("host", head.authority(), host);
        }
        if (exchange.request().body().length().orElse(-1) == 0 && !BODILESS.contains(head.method())) {
            headers.setIfAbsent("content-length", "0");
        }
        return new AppRequest(head.method(), host, target, headers.headers(), exchange.request().body());
    }

    /** How long the pod has for its answer: the time for one try where that is the shorter one; 0 for ever. */
    private static long expectedMillis(Forward forward) {
        long one = forward.retry().perTryTimeoutMillis();
        long all = forward.timeoutMillis();
        return one > 0 && (all == 0 || one < all) ? one : all;
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

    /** RE2's GlobalReplace: an empty match right after a match is none, and a group that does not exist leaves all as it is. */
    private static String replaceAll(Rewrite.Regex rewrite, String path) {
        if (!CallChain.takeRegexSteps((long) rewrite.pattern().programSize() * path.length())) {
            return path;
        }
        Matcher matcher = rewrite.pattern().matcher(path);
        if (highestGroup(rewrite.substitution()) > matcher.groupCount()) {
            return path;
        }
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        int lastEnd = -1;
        while (at <= path.length() && matcher.find(at)) {
            replaced.append(path, at, matcher.start());
            at = matcher.end();
            if (matcher.start() == lastEnd && matcher.end() == lastEnd) {
                replaced.append(path, at, Math.min(path.length(), at + 1));
                at++;
            } else {
                substitute(rewrite.substitution(), matcher, replaced);
                lastEnd = at;
            }
        }
        return replaced.append(path, Math.min(at, path.length()), path.length()).toString();
    }

    private static int highestGroup(String substitution) {
        int highest = 0;
        for (int i = 0; i + 1 < substitution.length(); i++) {
            if (substitution.charAt(i) == '\\') {
                highest = Math.max(highest, Character.digit(substitution.charAt(++i), 10));
            }
        }
        return highest;
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
