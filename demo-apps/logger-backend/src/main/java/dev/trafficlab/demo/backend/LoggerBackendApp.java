package dev.trafficlab.demo.backend;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.demo.Json;

/** {@code POST /} adds one, {@code GET /} tells all, {@code DELETE /} forgets all. */
record LoggerBackendApp(Tally tally, Consumer<String> log) implements DemoApp {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final AppResponse DONE = new AppResponse(204, Headers.none(), Body.NONE, AppResponse.NOTHING);

    @Override
    public AppResponse handle(AppRequest request) {
        if (!request.path().equals("/")) {
            return AppResponse.of(404, TEXT, "The tally is kept at / alone.\n");
        }
        return switch (request.method()) {
            case "POST" -> count(request.body());
            case "GET", "HEAD" -> tell();
            case "DELETE" -> forget();
            default -> new AppResponse(405, Headers.of("allow", "GET, HEAD, POST, DELETE"), Body.NONE,
                    AppResponse.NOTHING);
        };
    }

    private AppResponse count(Body body) {
        try {
            Optional<String> color = color(body.bytes());
            if (color.isEmpty() || color.get().isEmpty() || color.get().length() > Tally.LONGEST_COLOR) {
                return refuse("Send {\"color\": \"…\"} with a colour of 1 to " + Tally.LONGEST_COLOR
                        + " characters.\n");
            }
            return tally.add(color.get())
                    ? DONE
                    : AppResponse.of(507, TEXT, "There are " + Tally.MOST_COLORS
                            + " colours already; DELETE / makes room.\n");
        } catch (JsonParseException e) {
            return refuse("This is not JSON: " + e.getOriginalMessage() + "\n");
        } catch (IOException e) {
            return refuse("This is not JSON in UTF-8.\n");
        }
    }

    private AppResponse refuse(String reason) {
        log.accept("refused a report: " + reason.strip());
        return AppResponse.of(400, TEXT, reason);
    }

    /** The object's colour, if it names one; the whole text is read, so that what follows it must be JSON too. */
    private static Optional<String> color(byte[] body) throws IOException {
        try (JsonParser json = Json.read(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Optional<String> color = Optional.empty();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("color");
                JsonToken value = json.nextToken();
                if (wanted) {
                    color = value == JsonToken.VALUE_STRING ? Optional.of(json.getText()) : Optional.empty();
                }
                json.skipChildren();
            }
            return json.nextToken() == null ? color : Optional.empty();
        }
    }

    private AppResponse tell() {
        return AppResponse.of(200, "application/json", Json.write(json -> {
            json.writeStartObject();
            for (var count : tally.counts().entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            json.writeEndObject();
        }));
    }

    private AppResponse forget() {
        tally.clear();
        log.accept("forgot all counts");
        return DONE;
    }
}
