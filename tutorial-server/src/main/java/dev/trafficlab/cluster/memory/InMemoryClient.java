package dev.trafficlab.cluster.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpClient;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.ByteArrayBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.InputStreamBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.StringBodyContent;
import io.fabric8.kubernetes.client.http.StandardWebSocketBuilder;
import io.fabric8.kubernetes.client.http.WebSocket;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.fabric8.kubernetes.client.http.WebSocketResponse;
import io.fabric8.kubernetes.client.http.WebSocketUpgradeResponse;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.KubernetesApi;

/** Hands requests to the API on the caller's own thread. */
final class InMemoryClient extends StandardHttpClient<InMemoryClient, InMemoryTransport, InMemoryTransport.Builder> {

    private static final byte[] NOTHING = {};

    private final KubernetesApi api;

    InMemoryClient(InMemoryTransport.Builder builder, KubernetesApi api, AtomicBoolean closed) {
        super(builder, closed);
        this.api = api;
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytesDirect(StandardHttpRequest request,
            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        ApiResponse response = api.handle(translate(request));
        InMemoryBody body = new InMemoryBody(consumer);
        switch (response) {
            case ApiResponse.Complete complete -> {
                body.write(complete.body());
                body.close();
            }
            case ApiResponse.Streaming streaming -> body.onCancel(streaming.stream().attach(body));
        }
        return CompletableFuture.completedFuture(new Answer(request, response, body));
    }

    private static ApiRequest translate(StandardHttpRequest request) {
        URI uri = request.uri();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        if (request.getContentType() != null) {
            headers.putIfAbsent("content-type", List.of(request.getContentType()));
        }
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return new ApiRequest(request.method(), uri.getRawPath(), query, headers, bytes(request.body()),
                new ApiRequest.Trusted());
    }

    private static byte[] bytes(StandardHttpRequest.@Nullable BodyContent body) {
        return switch (body) {
            case null -> NOTHING;
            case StringBodyContent text -> text.getContent().getBytes(StandardCharsets.UTF_8);
            case ByteArrayBodyContent bytes -> bytes.getContent();
            case InputStreamBodyContent stream -> read(stream);
            default -> throw new IllegalArgumentException("cannot send a body of " + body.getClass());
        };
    }

    private static byte[] read(InputStreamBodyContent stream) {
        try {
            return stream.getContent().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** There are no WebSockets here; the client then watches by HTTP. */
    @Override
    public CompletableFuture<WebSocketResponse> buildWebSocketDirect(StandardWebSocketBuilder builder,
            WebSocket.Listener listener) {
        WebSocketUpgradeResponse refusal = new WebSocketUpgradeResponse(builder.asHttpRequest(), 200);
        return CompletableFuture.completedFuture(new WebSocketResponse(refusal, new WebSocketHandshakeException(
                refusal)));
    }

    @Override
    protected void doClose() {
        // nothing is open
    }

    private static final class Answer extends StandardHttpHeaders implements HttpResponse<AsyncBody> {

        private final HttpRequest request;
        private final int status;
        private final AsyncBody body;

        Answer(HttpRequest request, ApiResponse response, AsyncBody body) {
            super(headers(response));
            this.request = request;
            this.status = response.status();
            this.body = body;
        }

        private static Map<String, List<String>> headers(ApiResponse response) {
            Map<String, List<String>> headers = new LinkedHashMap<>();
            response.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
            return headers;
        }

        @Override
        public int code() {
            return status;
        }

        @Override
        public AsyncBody body() {
            return body;
        }

        @Override
        public HttpRequest request() {
            return request;
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }
    }
}
