package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.Mesh;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.Upstreams;

/**
 * Stands where a real cluster has istio-ingressgateway: it reads the objects from the real API server and speaks real HTTP on both sides,
 * but what routes is the engine of our own embedded mesh, not Envoy. As Envoy does, it listens while there is a Gateway, and like one
 * that trusts one proxy before it ({@code numTrustedProxies: 1}) it takes the last X-Forwarded-For as the client.
 */
final class StandInGateway implements AutoCloseable {

    private static final String INGRESS = """
                                          [{"kind": "Service", "metadata": {"name": "istio-ingressgateway", "namespace": "istio-system"},
                                            "spec": {"selector": {"istio": "ingressgateway"}, "ports": [{"name": "http2", "port": 80, "targetPort": 8080}]}},
                                           {"kind": "Pod", "metadata": {"name": "istio-ingressgateway-0", "namespace": "istio-system",
                                              "labels": {"istio": "ingressgateway"}},
                                            "spec": {"containers": [{"name": "istio-proxy", "ports": [{"containerPort": 8080}]}]},
                                            "status": {"phase": "Running", "podIP": "10.244.255.1", "conditions": [{"type": "Ready", "status": "True"}]}}]
                                          """;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int POLL_MILLIS = 100;
    private static final String SERVICE_NAMESPACE = "istio-system";

    private final KubernetesClient client;
    private final Mesh mesh;
    private final int port;
    private final AtomicInteger looks = new AtomicInteger();
    private final ScheduledExecutorService poll = Executors.newSingleThreadScheduledExecutor();
    private @Nullable HttpServer server;

    StandInGateway(RealApiServer api, int port) {
        this.client = api.client();
        this.port = port;
        PodTunnel tunnel = api.tunnel();
        HttpUpstreams upstreams = new HttpUpstreams((ip, target) -> tunnel.port(ip, target));
        this.mesh = new Mesh(upstreams, new SplittableRandom(7), InstantSource.system());
        var _ = poll.scheduleWithFixedDelay(this::look, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns once it has read the objects as they were at the call, or later. */
    void awaitNews() {
        int seen = looks.get();
        Awaitility.await().until(() -> looks.get() >= seen + 2);
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    private void look() {
        try {
            List<Gateway> gateways = list(Gateway.class);
            List<HasMetadata> objects = new ArrayList<>(gateways);
            Stream.of(client.services()
                    .inAnyNamespace()
                    .list()
                    .getItems()
                    .stream()
                    .filter(service -> !service.getMetadata().getNamespace().equals(SERVICE_NAMESPACE)),
                    client.pods().inAnyNamespace().list().getItems().stream(), list(VirtualService.class).stream(),
                    list(DestinationRule.class).stream()).flatMap(stream -> stream).forEach(objects::add);
            List<ObjectNode> nodes = new ArrayList<>();
            JSON.readTree(INGRESS).forEach(node -> nodes.add((ObjectNode) node));
            for (HasMetadata object : objects) {
                nodes.add((ObjectNode) JSON.readTree(client.getKubernetesSerialization().asJson(object)));
            }
            mesh.update(nodes);
            listen(!gateways.isEmpty());
            looks.incrementAndGet();
        } catch (KubernetesClientException unreachable) {
            // Like Envoy, it goes on with what it knows.
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T extends HasMetadata> List<T> list(Class<T> kind) {
        return client.resources(kind).inAnyNamespace().list().getItems();
    }

    private synchronized void listen(boolean wanted) {
        HttpServer current = server;
        if (wanted && current == null) {
            try {
                HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
                fresh.createContext("/", this::handle);
                fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
                fresh.start();
                server = fresh;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (!wanted && current != null) {
            current.stop(0);
            server = null;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<Headers.Field> fields = new ArrayList<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
            Headers headers = new Headers(fields);
            MeshAnswer answer = mesh.send(new MeshRequest(new MeshRequest.FromOutside(80), exchange.getRequestMethod(),
                    headers.first("host").orElse(""), exchange.getRequestURI().toString(), headers.minus("host"), peer(
                            headers), exchange.getRequestBody().readAllBytes()));
            if (answer instanceof MeshAnswer.Answered answered) {
                write(exchange, answered.response());
            }
        }
    }

    private static String peer(Headers headers) {
        String forwarded = headers.first("x-forwarded-for").orElse("127.0.0.1");
        return forwarded.substring(forwarded.lastIndexOf(' ') + 1) + ":40000";
    }

    private static void write(HttpExchange exchange, AppResponse response) throws IOException {
        response.headers()
                .fields()
                .stream()
                .filter(field -> !field.name().equalsIgnoreCase("content-length"))
                .forEach(field -> exchange.getResponseHeaders().add(field.name(), field.value()));
        byte[] body = response.body().bytes();
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        poll.shutdownNow();
        listen(false);
        client.close();
    }

    /** Calls pods over real HTTP. */
    private record HttpUpstreams(Ports ports) implements Upstreams {

        private static final HttpClient HTTP = HttpClient.newHttpClient();

        interface Ports {
            Optional<Integer> find(String ip, int port);
        }

        @Override
        public AppResponse call(String address, int port, AppRequest request, Optional<Duration> timeout)
                throws UpstreamFailure {
            int local = ports.find(address, port).orElseThrow(() -> new UpstreamFailure(UpstreamFailure.Kind.REFUSED));
            try {
                var http = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + local
                        + request.target()))
                        .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request
                                .body()
                                .bytes()));
                var answer = HTTP.send(http.build(), BodyHandlers.ofByteArray());
                List<Headers.Field> fields = new ArrayList<>();
                answer.headers()
                        .map()
                        .forEach((name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
                return new AppResponse(answer.statusCode(), new Headers(fields), answer.body(), AppResponse.NOTHING);
            } catch (IOException e) {
                throw new UpstreamFailure(UpstreamFailure.Kind.RESET);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UpstreamFailure(UpstreamFailure.Kind.RESET);
            }
        }
    }
}
