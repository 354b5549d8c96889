package dev.trafficlab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.gateway.real.GatewayEndpoint;

/** Sends a request over real HTTP, as it came but for its Host. Needs {@code -Djdk.httpclient.allowRestrictedHeaders=host}. */
public final class HttpExchange {

    /** How long an answer may take. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final String FORWARDED_FOR = "x-forwarded-for";

    /** What the client sets itself, and refuses to be given. */
    private static final Set<String> SET_BY_THE_CLIENT = Set.of("connection", "content-length", "expect", "host",
            "upgrade", "transfer-encoding", FORWARDED_FOR);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    public AppResponse send(GatewayEndpoint way, String host, MeshRequest request) throws IOException {
        try {
            return answer(client.send(http(way, host, request), BodyHandlers.ofInputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the ingress gateway", e);
        }
    }

    /** A target begins with a slash, so it cannot change the address that it follows. */
    private static HttpRequest http(GatewayEndpoint way, String host, MeshRequest request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create(way.address() + encoded(request.target())))
                .timeout(PATIENCE)
                .method(request.method(), publisher(request.body()))
                .header("host", host)
                .header(FORWARDED_FOR, forwardedFor(request));
        for (Headers.Field field : request.headers().fields()) {
            if (!SET_BY_THE_CLIENT.contains(field.name().toLowerCase(Locale.ROOT))) {
                http.header(field.name(), field.value());
            }
        }
        return http.build();
    }

    /** The client's own address comes last, as every proxy adds the one that it sees. */
    private static String forwardedFor(MeshRequest request) {
        String peer = request.peer();
        String address = peer.substring(0, Math.max(peer.lastIndexOf(':'), 0));
        List<String> all = new ArrayList<>(request.headers().all(FORWARDED_FOR));
        all.add(address);
        return String.join(", ", all);
    }

    /** Browsers send some characters bare that a Java URI only takes encoded; to a server both are the same. */
    private static String encoded(String target) {
        StringBuilder encoded = new StringBuilder(target.length());
        for (char character : target.toCharArray()) {
            if ("\"<>[\\]^`{|} ".indexOf(character) < 0) {
                encoded.append(character);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", (int) character));
            }
        }
        return encoded.toString();
    }

    /** A body of known length is sent with it, any other in chunks, as its sender did. */
    private static BodyPublisher publisher(Body body) {
        if (body instanceof Body.Whole whole) {
            return whole.content().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(whole.content());
        }
        BodyPublisher stream = BodyPublishers.ofInputStream(body::stream);
        return body.length().isPresent() ? BodyPublishers.fromPublisher(stream, body.length().getAsLong()) : stream;
    }

    private static AppResponse answer(HttpResponse<InputStream> http) {
        List<Headers.Field> fields = new ArrayList<>();
        http.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> fields.add(new Headers.Field(name,
                        value))));
        return new AppResponse(http.statusCode(), new Headers(fields), new Body.Arriving(http.body(), http
                .headers()
                .firstValueAsLong("content-length")), AppResponse.NOTHING);
    }
}
