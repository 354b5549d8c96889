package dev.trafficlab.attack;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A lab and its secret: what anybody gets who asks.
 *
 * @param gateway where its ingress gateway answers, without a slash at the end
 */
record AttackLab(AttackServer server, String id, String token, String namespace, String gateway) {

    static AttackLab make(AttackServer server) {
        HttpResponse<String> answer = server.send("POST", "/api/v1/labs", "{}", "Content-Type", "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode made = JsonMapper.shared().readTree(answer.body());
        String gateway = made.get("gatewayPath").asString();
        return new AttackLab(server, made.get("id").asString(), made.get("token").asString(),
                made.get("namespace").asString(), gateway.replaceAll("/$", ""));
    }

    /** Path of the lab's core objects below {@code /kubernetes}. */
    String core() {
        return "/api/v1/namespaces/" + namespace;
    }

    /** Path of the lab's Deployments and ReplicaSets below {@code /kubernetes}. */
    String apps() {
        return "/apis/apps/v1/namespaces/" + namespace;
    }

    /** Path of the lab's Istio objects below {@code /kubernetes}. */
    String istio() {
        return "/apis/networking.istio.io/v1/namespaces/" + namespace;
    }

    /** A request to the Kubernetes API. */
    HttpResponse<String> kube(String method, String path, String body, String type) {
        return server.send(method, "/kubernetes" + path, body, "Authorization", "Bearer " + token, "Content-Type",
                type);
    }

    /** A request with a JSON body to the Kubernetes API. */
    HttpResponse<String> kube(String method, String path, String json) {
        return kube(method, path, json, "application/json");
    }

    /** Reads from the Kubernetes API. */
    HttpResponse<String> kube(String path) {
        return kube("GET", path, "", "application/json");
    }

    /** The learner's own edit, as the page sends it. */
    HttpResponse<String> put(String yaml) {
        return own("PUT", "/api/v1/labs/" + id + "/manifests", yaml, "application/yaml");
    }

    /** A request of the lab's own learner to the tutorial server. */
    HttpResponse<String> own(String method, String path, String body, String type) {
        return server.send(method, path, body, "Authorization", "Bearer " + token, "Content-Type", type);
    }

    /** A request through the lab's ingress gateway. */
    HttpResponse<String> visit(String path, String... headers) {
        return server.send("GET", gateway + path, "", headers);
    }

    /** Applies the steps, and waits until the app answers where the steps open the way to it. */
    AttackLab apply(String... steps) {
        for (String step : steps) {
            HttpResponse<String> answer = own("POST", "/api/v1/labs/" + id + "/steps/" + step + "/apply", "{}",
                    "application/json");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        if (Stream.of(steps).anyMatch("virtual-service"::equals)) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> visit("/colors").statusCode() == 200);
        }
        return this;
    }

    /** Deletes all that was made in it, as soon as the limit of changes lets it. */
    void reset() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> own("POST", "/api/v1/labs/" + id + "/reset", "{}", "application/json")
                        .statusCode() == 200);
    }

    /** All steps up to the one that opens the way from outside. */
    AttackLab opened() {
        return apply("services", "inject", "gateway", "virtual-service");
    }
}
