package dev.trafficlab.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** One instance of an app behind a plain HTTP server, a virtual thread a request: what a container of the image runs. */
public final class AppServer implements AutoCloseable {

    /** The port that the demo apps listen on unless {@code PORT} says otherwise. */
    public static final int DEFAULT_PORT = 3000;

    private static final int MAX_BODY = 1 << 20;
    private static final long UNKNOWN = -1;

    /** What the HTTP server takes for a length. */
    private static final long NO_BODY = -1;
    private static final long CHUNKED = 0;

    private static final Set<String> SET_BY_THE_SERVER = Set.of("content-length", "transfer-encoding", "connection");

    private final HttpServer server;
    private final ExecutorService threads;

    private AppServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts an instance that listens on the address; port 0 takes a free one.
     *
     * @throws InvalidEnvironmentException when the app refuses its variables
     */
    public static AppServer start(AppImage image, Map<String, String> variables, String hostname,
            InetSocketAddress address, Consumer<String> log) throws IOException, InvalidEnvironmentException {
        DemoApp app = image.start(new AppEnvironment(variables, hostname, new HttpOutbound(), log));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(app, exchange));
        server.start();
        return new AppServer(server, threads);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Runs an app as its own process, configured by the process's environment, until the process is told to stop. */
    public static void run(AppImage image) throws IOException {
        // Without this, small answers on a kept connection wait for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Map<String, String> variables = System.getenv();
        try {
            int port = port(variables);
            AppServer server = start(image, variables, hostname(variables), new InetSocketAddress(port),
                    System.out::println);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
            System.out.println("listening on port " + server.port());
        } catch (InvalidEnvironmentException refused) {
            System.err.println(refused.getMessage());
            System.exit(1);
        }
    }

    private static int port(Map<String, String> variables) throws InvalidEnvironmentException {
        String port = variables.getOrDefault("PORT", "");
        try {
            return port.isBlank() ? DEFAULT_PORT : Integer.parseUnsignedInt(port.strip());
        } catch (NumberFormatException e) {
            throw new InvalidEnvironmentException("PORT is '" + port + "'; write a number, or leave it out for 3000");
        }
    }

    private static String hostname(Map<String, String> variables) {
        return Optional.ofNullable(variables.get("HOSTNAME")).filter(name -> !name.isBlank()).orElse("localhost");
    }

    private static void serve(DemoApp app, HttpExchange exchange) throws IOException {
        AppResponse response;
        try (exchange) {
            byte[] body = body(exchange);
            response = body.length > MAX_BODY
                    ? AppResponse.of(413, "text/plain; charset=utf-8", "The body is larger than 1 MiB.\n")
                    : app.handle(request(exchange, body));
            answer(exchange, response);
        }
        response.afterwards().run();
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            return body.readNBytes(MAX_BODY + 1);
        }
    }

    private static AppRequest request(HttpExchange exchange, byte[] body) {
        List<Headers.Field> fields = new ArrayList<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase("host")) {
                values.forEach(value -> fields.add(new Headers.Field(name, value)));
            }
        });
        String host = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host")).orElse("");
        return new AppRequest(exchange.getRequestMethod(), host, exchange.getRequestURI().toString(),
                new Headers(fields), body);
    }

    private static void answer(HttpExchange exchange, AppResponse response) throws IOException {
        for (Headers.Field field : response.headers().fields()) {
            if (!SET_BY_THE_SERVER.contains(field.name().toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().add(field.name(), field.value());
            }
        }
        long length = response.body().length().orElse(UNKNOWN);
        if (exchange.getRequestMethod().equals("HEAD")) {
            if (length >= 0) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(length));
            }
            exchange.sendResponseHeaders(response.status(), NO_BODY);
            response.body().close();
        } else if (length == 0) {
            exchange.sendResponseHeaders(response.status(), NO_BODY);
        } else {
            exchange.sendResponseHeaders(response.status(), length == UNKNOWN ? CHUNKED : length);
            try (InputStream body = response.body().stream()) {
                body.transferTo(exchange.getResponseBody());
            }
        }
    }

    /** Stops listening; requests under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
