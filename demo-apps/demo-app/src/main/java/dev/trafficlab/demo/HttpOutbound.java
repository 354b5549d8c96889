package dev.trafficlab.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The way to other apps over real HTTP. */
final class HttpOutbound implements Outbound {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What the client sets itself, and refuses to be given. */
    private static final Set<String> SET_BY_THE_CLIENT = Set.of("connection", "content-length", "expect", "host",
            "upgrade", "transfer-encoding");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    @Override
    public AppResponse send(String authority, AppRequest request) throws IOException {
        try {
            return answer(client.send(http(authority, request), BodyHandlers.ofByteArray()));
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + authority + "' cannot be called: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + authority, e);
        }
    }

    private static HttpRequest http(String authority, AppRequest request) throws IOException {
        HttpRequest.Builder http = HttpRequest.newBuilder(URI.create("http://" + authority + request.target()))
                .timeout(TIMEOUT)
                .method(request.method(), BodyPublishers.ofByteArray(request.body().bytes()));
        for (Headers.Field field : request.headers().fields()) {
            if (!SET_BY_THE_CLIENT.contains(field.name().toLowerCase(Locale.ROOT))) {
                http.header(field.name(), field.value());
            }
        }
        return http.build();
    }

    private static AppResponse answer(HttpResponse<byte[]> http) {
        List<Headers.Field> fields = new ArrayList<>();
        http.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> fields.add(new Headers.Field(name,
                        value))));
        return new AppResponse(http.statusCode(), new Headers(fields), http.body(), AppResponse.NOTHING);
    }
}
