package dev.trafficlab.demo.frontend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.demo.Outbound;

/** The page at {@code /}, and the backend's tally at {@code /data}. */
record LoggerFrontendApp(String backend, Outbound outbound, Consumer<String> log) implements DemoApp {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final byte[] PAGE = page();

    @Override
    public AppResponse handle(AppRequest request) {
        return switch (request.path()) {
            case "/" -> switch (request.method()) {
                case "GET", "HEAD" -> new AppResponse(200, Headers.of("content-type", "text/html; charset=utf-8",
                        "cache-control", "no-store"), PAGE, AppResponse.NOTHING);
                default -> notAllowed("GET, HEAD");
            };
            case "/data" -> switch (request.method()) {
                case "GET", "DELETE" -> passOn(request.method());
                default -> notAllowed("GET, DELETE");
            };
            default -> AppResponse.of(404, TEXT, "There is a page at / and its figures at /data; nothing is at "
                    + request.path() + ".\n");
        };
    }

    private AppResponse passOn(String method) {
        try {
            AppResponse answer = outbound.send(backend, AppRequest.of(method, backend, "/"));
            Headers headers = Headers.of("content-type", answer.headers().first("content-type").orElse(TEXT),
                    "cache-control", "no-store");
            return new AppResponse(answer.status(), headers, answer.body(), answer.afterwards());
        } catch (IOException e) {
            log.accept(backend + " does not answer: " + e.getMessage());
            return AppResponse.of(502, TEXT, "The logging backend (" + backend + ") does not answer.\n");
        }
    }

    private static AppResponse notAllowed(String methods) {
        return new AppResponse(405, Headers.of("allow", methods), Body.NONE, AppResponse.NOTHING);
    }

    private static byte[] page() {
        try (InputStream page = LoggerFrontendApp.class.getResourceAsStream("page.html")) {
            if (page == null) {
                throw new IllegalStateException("page.html is missing beside " + LoggerFrontendApp.class.getName());
            }
            return page.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
