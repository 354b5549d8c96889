package dev.trafficlab.demo.colors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.demo.Json;
import dev.trafficlab.demo.Outbound;

/** Answers {@code GET /} with the page and reports the colour once the answer is on its way. */
record ColorsApp(String color, String hostname, String backend, Outbound outbound, Consumer<String> log)
        implements
            DemoApp {

    private static final String TEXT = "text/plain; charset=utf-8";

    @Override
    public AppResponse handle(AppRequest request) {
        if (!request.path().equals("/")) {
            return AppResponse.of(404, TEXT, "colors answers at / alone, and this request asked for " + request.path()
                    + ".\nA route with a rewrite to / would bring it there.\n");
        }
        return switch (request.method()) {
            case "GET" -> page().then(this::report);
            case "HEAD" -> page();
            default -> {
                AppResponse refusal = AppResponse.of(405, TEXT, "colors answers GET alone.\n");
                yield new AppResponse(405, refusal.headers().plus("allow", "GET, HEAD"), refusal.body(),
                        refusal.afterwards());
            }
        };
    }

    private AppResponse page() {
        AppResponse page = AppResponse.of(200, "text/html; charset=utf-8", ColorsPage.of(color, hostname));
        return new AppResponse(200, page.headers().plus("cache-control", "no-store").plus("x-served-by", hostname), page
                .body(), page.afterwards());
    }

    /** A report that gets lost is worth a line in the log; the page was served all the same. */
    private void report() {
        try {
            int status = outbound.send(backend, message()).status();
            if (status >= 400) {
                log.accept("served " + color + "; " + backend + " refused the report with status " + status);
            } else {
                log.accept("served " + color);
            }
        } catch (IOException e) {
            log.accept("served " + color + "; could not report to " + backend + ": " + e.getMessage());
        }
    }

    private AppRequest message() {
        String json = Json.write(writer -> {
            writer.writeStartObject();
            writer.writeStringField("color", color);
            writer.writeEndObject();
        });
        return new AppRequest("POST", backend, "/", Headers.of("content-type", "application/json"),
                json.getBytes(StandardCharsets.UTF_8));
    }
}
