package dev.trafficlab.demo.echo;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppImage;
import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.demo.Json;

/** The echo app: tells what a request looked like when it arrived. */
public final class Echo implements AppImage {

    @Override
    public String name() {
        return "traffic-lab/echo:1";
    }

    @Override
    public DemoApp start(AppEnvironment environment) {
        environment.log().accept("answering every request with what it holds");
        return request -> AppResponse.of(200, "application/json", describe(environment.hostname(), request));
    }

    /** Serves the app over HTTP. */
    public static void main(String[] args) throws IOException {
        AppServer.run(new Echo());
    }

    private static String describe(String pod, AppRequest request) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("pod", pod);
            json.writeStringField("method", request.method());
            json.writeStringField("host", request.host());
            json.writeStringField("path", request.target());
            json.writeObjectFieldStart("headers");
            for (var header : joined(request.headers()).entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** Lines of one name become one value, with commas, as RFC 9110 lets any recipient do. */
    private static Map<String, String> joined(Headers headers) {
        Map<String, String> joined = new TreeMap<>();
        for (Headers.Field field : headers.fields()) {
            joined.merge(field.name().toLowerCase(Locale.ROOT), field.value(), (first, next) -> first + "," + next);
        }
        return joined;
    }
}
