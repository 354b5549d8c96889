package dev.trafficlab.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;
import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.ApiRequest.Trusted;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.ApiResponse.Complete;

import static org.assertj.core.api.Assertions.assertThat;

/** An embedded cluster with some objects in it, that must answer whatever is sent with less than 500. */
final class FuzzedApi {

    static final String DEPLOYMENT = "/apis/apps/v1/namespaces/default/deployments/d";
    static final String SERVICE = "/api/v1/namespaces/default/services/s";
    static final String CONFIG_MAP = "/api/v1/namespaces/default/configmaps/c";
    static final String VIRTUAL_SERVICE = "/apis/networking.istio.io/v1/namespaces/default/virtualservices/v";

    private static Optional<FuzzedApi> started = Optional.empty();

    private final EmbeddedCluster cluster = EmbeddedCluster.start(EmbeddedSettings.inMemory());
    private final FuzzFigures figures;

    private FuzzedApi(String name) {
        this.figures = FuzzFigures.of(name);
        apply(DEPLOYMENT,
                """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d", "labels": {"app": "d"}}, "spec": {
                 "replicas": 0, "selector": {"matchLabels": {"app": "d"}}, "template": {"metadata": {"labels": {"app": "d"}},
                 "spec": {"containers": [{"name": "a", "image": "i", "ports": [{"containerPort": 80}, {"containerPort": 81}]},
                  {"name": "b", "image": "i", "args": ["x", "y"], "env": [{"name": "E", "value": "1"}]}]}}}}
                """);
        apply(SERVICE, """
                       {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s", "finalizers": ["a/b", "a/c"]},
                        "spec": {"selector": {"app": "d"}, "ports": [{"name": "x", "port": 80}, {"name": "y", "port": 81}]}}
                       """);
        apply(CONFIG_MAP, """
                          {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": {"k": "v", "l": "w"}}
                          """);
        apply(VIRTUAL_SERVICE, """
                               {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService", "metadata": {"name": "v"},
                                "spec": {"hosts": ["s"], "http": [{"name": "r", "match": [{"uri": {"prefix": "/a"}}],
                                "route": [{"destination": {"host": "s"}, "weight": 100}]}]}}
                               """);
    }

    /** The one of this JVM, started by the first input: only what is loaded after Jazzer gets instrumented as it should. */
    static synchronized FuzzedApi of(String name) {
        if (started.isEmpty()) {
            started = Optional.of(new FuzzedApi(name));
        }
        return started.get();
    }

    private void apply(String path, String json) {
        Complete answer = send("PATCH", path, "fieldManager=seed&force=true", "application/apply-patch+yaml",
                json.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(new String(answer.body(), StandardCharsets.UTF_8)).isLessThan(300);
    }

    /** Sends one request with the server's own rights, as a dry run where it writes so that the objects stay as they are. */
    Complete send(String method, String path, String query, String type, byte[] body) {
        long start = System.nanoTime();
        ApiResponse answer = cluster.api()
                .handle(new ApiRequest(method, path, query, Map.of("content-type", List.of(type)), body, new Trusted()));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        figures.count("status " + answer.status(), took);
        assertThat(answer).isInstanceOf(Complete.class);
        Complete complete = (Complete) answer;
        assertThat(complete.status()).as(new String(complete.body(), StandardCharsets.UTF_8)).isLessThan(500);
        return complete;
    }
}
