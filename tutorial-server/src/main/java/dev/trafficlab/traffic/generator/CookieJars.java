package dev.trafficlab.traffic.generator;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;

/** The cookies of an order's clients: each keeps what it was given, as a browser does, and a new order begins with new clients. */
final class CookieJars {

    private static final String COOKIE = "cookie";

    private final Map<Integer, CookieManager> jars = new ConcurrentHashMap<>();

    /** The request with the cookies that its client was given for such an address. */
    MeshRequest withCookies(int client, MeshRequest request) {
        CookieManager jar = jars.get(client);
        if (jar == null) {
            return request;
        }
        String kept = address(request).map(uri -> cookies(jar, uri)).orElse("");
        if (kept.isEmpty()) {
            return request;
        }
        String all = request.headers().first(COOKIE).map(given -> given + "; ").orElse("") + kept;
        return new MeshRequest(request.origin(), request.method(), request.authority(), request.target(), request
                .headers()
                .minus(COOKIE)
                .plus(COOKIE, all), request.peer(), request.body());
    }

    /** Keeps the cookies of an answer. */
    void keep(int client, MeshRequest request, MeshAnswer answer) {
        if (!(answer instanceof MeshAnswer.Answered answered)) {
            return;
        }
        List<String> given = answered.response()
                .headers()
                .fields()
                .stream()
                .filter(field -> field.name().equalsIgnoreCase("set-cookie"))
                .map(Headers.Field::value)
                .toList();
        if (!given.isEmpty()) {
            address(request).ifPresent(uri -> put(jars.computeIfAbsent(client, _ -> new CookieManager(null,
                    CookiePolicy.ACCEPT_ALL)), uri, given));
        }
    }

    private static void put(CookieManager jar, URI uri, List<String> given) {
        try {
            jar.put(uri, Map.of("Set-Cookie", given));
        } catch (IOException unreadable) {
            throw new IllegalStateException("a cookie jar in memory cannot fail", unreadable);
        }
    }

    private static String cookies(CookieManager jar, URI uri) {
        try {
            return String.join("; ", jar.get(uri, Map.of()).getOrDefault("Cookie", List.of()));
        } catch (IOException unreadable) {
            throw new IllegalStateException("a cookie jar in memory cannot fail", unreadable);
        }
    }

    private static Optional<URI> address(MeshRequest request) {
        int query = request.target().indexOf('?');
        String path = query < 0 ? request.target() : request.target().substring(0, query);
        String host = request.authority().replaceFirst(":\\d+$", "");
        try {
            return Optional.of(new URI("http", host, path, null));
        } catch (URISyntaxException odd) {
            return Optional.empty();
        }
    }
}
