package dev.trafficlab.realcluster;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody else has set fields of an object that a step applies. */
class ConflictClusterTests {

    private static final RealApiServer SERVER = RealApiServer.shared();
    private static final KubernetesClient CLIENT = SERVER.client();
    private static final PatchContext OTHERS = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("gitops")
            .withForce(true)
            .build();
    private static Replica replica;

    private Student student;

    @BeforeAll
    static void start() {
        replica = Replica.start(SERVER.kubeconfig(), "--tutorial.kubeconfig.learners=many");
    }

    @AfterAll
    static void stop() {
        replica.close();
        CLIENT.close();
    }

    @BeforeEach
    void someoneElseScalesAVersion() {
        student = Student.arriveAt(replica);
        student.apply("services");
        CLIENT.apps()
                .deployments()
                .inNamespace(student.id())
                .withName("colors-v2")
                .patch(OTHERS,
                        """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: colors-v2}
                        spec: {replicas: 3}
                        """);
    }

    @AfterEach
    void leave() {
        CLIENT.namespaces().withName(student.id()).delete();
        student.close();
    }

    @Test
    void theApiTellsWhoHoldsWhatAndAppliesNothing() {
        var answer = student.tryToApply("services");

        assertThat(answer.status()).isEqualTo(409);
        var conflict = answer.json().get("conflicts").get(0);
        assertThat(conflict.get("object").asString()).isEqualTo("Deployment colors-v2");
        assertThat(conflict.get("field").asString()).isEqualTo("spec.replicas");
        assertThat(conflict.get("owner").asString()).isEqualTo("gitops");
        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void forceTakesTheFieldsOver() {
        var forced = student.api().post(student.path() + "/steps/services/apply?force=true");

        assertThat(forced.status()).as(forced.text()).isEqualTo(200);
        assertThat(replicas()).isOne();
        assertThat(student.tryToApply("services").status()).isEqualTo(200);
    }

    @Test
    void anOwnEditMeetsTheSameConflict() {
        String edit = """
                      apiVersion: apps/v1
                      kind: Deployment
                      metadata: {name: colors-v2}
                      spec:
                        replicas: 2
                        selector: {matchLabels: {app: colors, version: v2}}
                        template:
                          metadata: {labels: {app: colors, version: v2}}
                          spec: {containers: [{name: colors, image: "traffic-lab/colors:1"}]}
                      """;
        assertThat(student.api().putYaml(student.path() + "/manifests", edit).status()).isEqualTo(409);
        assertThat(student.api().putYaml(student.path() + "/manifests?force=true", edit).status()).isEqualTo(200);
        assertThat(replicas()).isEqualTo(2);
    }

    @Test
    void thePageShowsTheConflictAndAButtonToTakeOver() throws Exception {
        String page = apply("");

        assertThat(page).contains("Deployment colors-v2", "spec.replicas", "gitops", "Take over",
                "name=\"force\" value=\"true\"");
        assertThat(apply("force=true")).contains("Applied.").doesNotContain("Take over");
        assertThat(replicas()).isOne();
    }

    private int replicas() {
        Deployment deployment = CLIENT.apps().deployments().inNamespace(student.id()).withName("colors-v2").get();
        return deployment.getSpec().getReplicas();
    }

    private String apply(String form) throws Exception {
        String csrf = "a-token";
        String body = "_csrf=" + URLEncoder.encode(csrf, StandardCharsets.UTF_8) + (form.isEmpty() ? "" : "&" + form);
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + replica.port() + "/labs/"
                    + student.id() + "/steps/services/apply"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("HX-Request", "true")
                    .header("X-XSRF-TOKEN", csrf)
                    .header("Cookie", "XSRF-TOKEN=" + csrf + "; " + student.id() + "=" + student.token())
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
