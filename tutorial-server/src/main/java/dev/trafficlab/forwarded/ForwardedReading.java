package dev.trafficlab.forwarded;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.util.StringUtils;

/**
 * Reads the headers of a trusted peer. Each proxy on the way adds its own peer at the end, so the client is the last one that is no
 * trusted proxy: whatever stands before it may be made up. Where there are several values of the other headers, the one at the client's
 * place counts.
 *
 * <p>A proxy that speaks of {@code X-Forwarded-For} may let a client's own {@code Forwarded} pass, or the other way round. So where both
 * are there and name different clients, neither is believed.
 */
final class ForwardedReading {

    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9._-]{1,253}(:\\d{1,5})?|\\[[0-9a-fA-F:.]{2,45}](:\\d{1,5})?");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final Pattern PREFIX = Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*+)*+");
    private static final Pattern PAIR = Pattern.compile(
            "\\s*+([A-Za-z]++)\\s*+=\\s*+(?:\"([^\"]*+)\"|([^;,\"\\s]*+))\\s*+");

    private static final int LONGEST_PREFIX = 200;

    private final TrustedProxies proxies;
    private final Function<String, List<String>> headers;

    private ForwardedReading(TrustedProxies proxies, Function<String, List<String>> headers) {
        this.proxies = proxies;
        this.headers = headers;
    }

    static Optional<Forwarded> of(TrustedProxies proxies, String peer, Function<String, List<String>> headers,
            boolean tls) {
        return new ForwardedReading(proxies, headers).read(peer, tls);
    }

    private Optional<Forwarded> read(String peer, boolean tls) {
        List<Map<String, String>> standard = standard();
        List<String> nodes = list("X-Forwarded-For");
        boolean common = ForwardedHeaders.COMMON.stream().anyMatch(name -> !headers.apply(name).isEmpty());
        if (!common && standard.isEmpty()) {
            return Optional.empty();
        }
        List<String> standardNodes = standard.stream().map(hop -> hop.getOrDefault("for", "")).toList();
        List<String> told = common ? nodes : standardNodes;
        int hop = hop(told);
        String client = client(told, hop).orElse(peer);
        if (common && !standard.isEmpty() && !nodes.isEmpty()
                && !client(standardNodes, hop(standardNodes)).orElse(peer).equals(client)) {
            client = peer;
        }
        String scheme = at(common ? list("X-Forwarded-Proto") : each(standard, "proto"), hop).map(
                ForwardedReading::scheme)
                .orElse(tls ? "https" : "http");
        Optional<String> named = at(common ? list("X-Forwarded-Host") : each(standard, "host"), hop);
        String host = named.filter(name -> HOST.matcher(name).matches()).or(this::asked).orElse("localhost");
        Optional<String> port = common ? at(list("X-Forwarded-Port"), hop) : Optional.empty();
        return Optional.of(new Forwarded(client, scheme, authority(host, port, scheme), prefix()));
    }

    /** How far from the end the client stands: 1 where the last value names it. */
    private int hop(List<String> nodes) {
        int hop = 1;
        while (hop < nodes.size() && proxies.contains(nodes.get(nodes.size() - hop))) {
            hop++;
        }
        return hop;
    }

    /** Where the chain does not name it, as a proxy hides it, the nearest proxy that is known stands for the client. */
    private static Optional<String> client(List<String> nodes, int hop) {
        for (int place = nodes.size() - hop; place < nodes.size() && place >= 0; place++) {
            Optional<IpLiteral> address = IpLiteral.of(nodes.get(place));
            if (address.isPresent()) {
                return address.map(IpLiteral::text);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> at(List<String> values, int hop) {
        return values.isEmpty() ? Optional.empty()
                : Optional.of(values.get(Math.max(0, values.size() - hop)))
                        .filter(value -> !value.isEmpty());
    }

    private static String scheme(String told) {
        return switch (told.toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> "https";
            default -> "http";
        };
    }

    private static String authority(String host, Optional<String> port, String scheme) {
        boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
        String usual = scheme.equals("https") ? "443" : "80";
        if (hasPort) {
            return host.endsWith(":" + usual) ? host.substring(0, host.length() - usual.length() - 1) : host;
        }
        return host + port.filter(PORT.asMatchPredicate())
                .filter(number -> !number.equals(usual))
                .map(number -> ":" + number)
                .orElse("");
    }

    private Optional<String> asked() {
        return headers.apply("Host").stream().map(String::strip).filter(HOST.asMatchPredicate()).findFirst();
    }

    /** Proxies one behind the other may each add a part. */
    private String prefix() {
        String prefix = String.join("", list("X-Forwarded-Prefix").stream()
                .map(part -> StringUtils.trimTrailingCharacter(part, '/'))
                .toList());
        return prefix.length() <= LONGEST_PREFIX && PREFIX.matcher(prefix).matches() ? prefix : "";
    }

    private List<String> list(String name) {
        return headers.apply(name)
                .stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static List<String> each(List<Map<String, String>> hops, String parameter) {
        return hops.stream().map(hop -> hop.getOrDefault(parameter, "")).toList();
    }

    /** RFC 7239, section 4: elements separated by commas, of pairs separated by semicolons. One that is malformed spoils all. */
    private List<Map<String, String>> standard() {
        List<Map<String, String>> hops = new ArrayList<>();
        for (String header : headers.apply("Forwarded")) {
            Matcher pair = PAIR.matcher(header);
            Map<String, String> hop = new TreeMap<>();
            int at = 0;
            while (at < header.length()) {
                if (!pair.region(at, header.length()).lookingAt()) {
                    return List.of();
                }
                String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
                hop.putIfAbsent(pair.group(1).toLowerCase(Locale.ROOT), value);
                at = pair.end();
                if (at < header.length() && header.charAt(at) == ',') {
                    hops.add(hop);
                    hop = new TreeMap<>();
                } else if (at < header.length() && header.charAt(at) != ';') {
                    return List.of();
                }
                at++;
            }
            hops.add(hop);
        }
        return hops;
    }
}
