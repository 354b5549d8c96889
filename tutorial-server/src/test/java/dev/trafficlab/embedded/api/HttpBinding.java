package dev.trafficlab.embedded.api;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.trafficlab.embedded.api.ApiRequest.Bearer;
import dev.trafficlab.embedded.api.ApiRequest.Caller;
import dev.trafficlab.embedded.api.ApiRequest.Trusted;

/**
 * Serves an API over plain HTTP for tests: {@code HttpBinding.serve(cluster.api())}. Whoever sends no bearer token, nor one in the
 * path as {@code /s/{token}}, may do everything.
 */
public final class HttpBinding implements AutoCloseable {

    private static final String SECRET = "/s/";

    private final KubernetesApi api;
    private final HttpServer server;

    private HttpBinding(KubernetesApi api, HttpServer server) {
        this.api = api;
        this.server = server;
    }

    /** Serves the API on a free port of the loopback interface. */
    public static HttpBinding serve(KubernetesApi api) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            HttpBinding binding = new HttpBinding(api, server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", binding::exchange);
            server.start();
            return binding;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is served. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            ApiResponse answer = api.handle(translate(exchange));
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            switch (answer) {
                case ApiResponse.Complete complete -> {
                    boolean empty = complete.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
                    exchange.sendResponseHeaders(complete.status(), empty ? -1 : complete.body().length);
                    if (!empty) {
                        exchange.getResponseBody().write(complete.body());
                    }
                }
                case ApiResponse.Streaming streaming -> stream(exchange, streaming);
            }
        }
    }

    /** The exchange's own virtual thread writes what the API hands over. */
    private static void stream(HttpExchange exchange, ApiResponse.Streaming streaming) throws IOException {
        exchange.sendResponseHeaders(streaming.status(), 0);
        BlockingQueue<Optional<byte[]>> chunks = new LinkedBlockingQueue<>();
        AutoCloseable handle = streaming.stream().attach(new ApiResponse.Sink() {
            @Override
            public void write(byte[] chunk) {
                chunks.add(Optional.of(chunk));
            }

            @Override
            public void close() {
                chunks.add(Optional.empty());
            }
        });
        try (OutputStream out = exchange.getResponseBody(); handle) {
            out.flush();
            for (Optional<byte[]> chunk = chunks.take(); chunk.isPresent(); chunk = chunks.take()) {
                out.write(chunk.get());
                if (chunks.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ApiRequest translate(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath();
        String root = "";
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Caller caller = authorization == null ? new Trusted()
                : new Bearer(authorization.replaceFirst("(?i)^bearer ", ""));
        if (path.startsWith(SECRET)) {
            int end = path.indexOf('/', SECRET.length());
            root = path.substring(0, end);
            caller = new Bearer(root.substring(SECRET.length()));
            path = path.substring(end);
        }
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return new ApiRequest(exchange.getRequestMethod(), path, query, headers, exchange.getRequestBody()
                .readAllBytes(), caller, root);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
