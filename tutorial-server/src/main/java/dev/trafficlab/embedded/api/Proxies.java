package dev.trafficlab.embedded.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.demo.Headers.Field;
import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.request.RequestInfo;
import dev.trafficlab.embedded.api.selector.LabelSelector;
import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.StoredObject;

/** The API server's way to the apps: {@code services/{name}:{port}/proxy/…} and {@code pods/{name}:{port}/proxy/…}, past any mesh. */
final class Proxies {

    private static final int DEFAULT_POD_PORT = 80;
    private static final Set<String> NOT_PASSED_ON = Set.of("host", "authorization", "cookie", "connection",
            "content-length",
            "transfer-encoding", "upgrade", "accept-encoding");

    private final ObjectStore store;
    private final PodAccess pods;

    Proxies(ObjectStore store, PodAccess pods) {
        this.store = store;
        this.pods = pods;
    }

    static boolean serves(ResourceType type) {
        return type.kind().equals("Service") || type.kind().equals("Pod");
    }

    ApiResponse answer(RequestInfo call) {
        Target target = call.type().kind().equals("Pod") ? pod(call) : service(call);
        ApiRequest request = call.request();
        String path = call.path().rest().isEmpty() ? "/" : call.path().rest();
        String uri = request.query().isEmpty() ? path : path + "?" + request.query();
        try {
            return answer(pods.call(call.path().namespace(), target.ip(), target.port(),
                    new AppRequest(request.method(), target.ip() + ":" + target.port(), uri, headers(request), request
                            .body())));
        } catch (IOException e) {
            throw unavailable("error trying to reach service: dial tcp " + target.ip() + ":" + target.port() + ": " + e
                    .getMessage());
        }
    }

    private static Headers headers(ApiRequest request) {
        List<Field> fields = new ArrayList<>();
        request.headers().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name)) {
                values.forEach(value -> fields.add(new Field(name, value)));
            }
        });
        return new Headers(fields);
    }

    private static ApiResponse answer(AppResponse response) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().fields().forEach(field -> headers.put(field.name().toLowerCase(Locale.ROOT), field.value()));
        headers.remove("content-length");
        headers.remove("set-cookie");
        int bytes = headers.entrySet()
                .stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length() + 4)
                .sum();
        if (bytes > Bounds.ANSWER_HEADER_BYTES) {
            throw unavailable("error trying to reach service: net/http: server response headers exceeded "
                    + Bounds.ANSWER_HEADER_BYTES + " bytes; aborted");
        }
        return new ApiResponse.Complete(response.status(), headers, response.body().bytes());
    }

    /** Where a request goes. */
    private record Target(String ip, int port) {}

    /** {@code name}, {@code name:port} or {@code scheme:name:port}. */
    private record Named(String name, String port) {

        static Named parse(String text) {
            String[] parts = text.split(":", -1);
            return switch (parts.length) {
                case 1 -> new Named(parts[0], "");
                case 2 -> new Named(parts[0], parts[1]);
                case 3 -> new Named(parts[1], parts[2]);
                default -> throw ApiException.badRequest("invalid proxy request \"" + text + "\"");
            };
        }
    }

    private Target pod(RequestInfo call) {
        Named named = Named.parse(call.path().name());
        StoredObject pod = find(call, named.name());
        int port = named.port().isEmpty()
                ? pod.value().at("/spec/containers/0/ports/0/containerPort").asInt(DEFAULT_POD_PORT)
                : containerPort(pod.value(), named.port()).orElseThrow(() -> noSuchPort(named.port()));
        return new Target(address(pod).orElseThrow(() -> unavailable("address not allowed: the pod has no IP yet")),
                port);
    }

    private Target service(RequestInfo call) {
        Named named = Named.parse(call.path().name());
        StoredObject service = find(call, named.name());
        JsonNode port = service.value()
                .at("/spec/ports")
                .valueStream()
                .filter(candidate -> named.port().isEmpty() || candidate.path("name").asText().equals(named.port())
                        || candidate.path("port").asText().equals(named.port()))
                .findFirst()
                .orElseThrow(() -> unavailable("no service port \"" + named.port()
                        + "\" found for service \"" + named.name()
                        + "\""));
        LabelSelector selector = LabelSelector.ofLabels(service.value().at("/spec/selector"));
        String targetPort = port.path("targetPort").asText(port.path("port").asText());
        return store.list("pods", call.path().namespace())
                .objects()
                .stream()
                .filter(pod -> !selector.requirements().isEmpty() && selector.matches(pod.value()) && isReady(pod
                        .value()))
                .flatMap(pod -> target(pod, targetPort).stream())
                .findFirst()
                .orElseThrow(() -> unavailable("no endpoints available for service \"" + named.name() + "\""));
    }

    private static Optional<Target> target(StoredObject pod, String port) {
        return address(pod).flatMap(ip -> containerPort(pod.value(), port).map(number -> new Target(ip, number)));
    }

    private static boolean isReady(JsonNode pod) {
        return pod.at("/status/conditions")
                .valueStream()
                .anyMatch(condition -> condition.path("type")
                        .asText()
                        .equals("Ready")
                        && condition.path("status").asText().equals("True"));
    }

    private static Optional<String> address(StoredObject pod) {
        return Optional.of(pod.value().at("/status/podIP").asText()).filter(ip -> !ip.isEmpty());
    }

    private static Optional<Integer> containerPort(JsonNode pod, String port) {
        if (!port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return portNumber(port);
        }
        return pod.at("/spec/containers")
                .valueStream()
                .flatMap(container -> container.path("ports").valueStream())
                .filter(candidate -> candidate.path("name").asText().equals(port))
                .map(found -> found.path("containerPort").asInt())
                .findFirst();
    }

    private static Optional<Integer> portNumber(String digits) {
        return digits.length() > 5 || Integer.parseInt(digits) > 65_535 || Integer.parseInt(digits) < 1
                ? Optional.empty()
                : Optional.of(Integer.parseInt(digits));
    }

    private StoredObject find(RequestInfo call, String name) {
        return store.get(new ObjectKey(call.type().resource(), call.path().namespace(), name))
                .orElseThrow(() -> ApiException.notFound(call.type(), name));
    }

    private static ApiException noSuchPort(String port) {
        return unavailable("no port \"" + port + "\" in the pod");
    }

    private static ApiException unavailable(String why) {
        return new ApiException(503, "ServiceUnavailable", why);
    }
}
