package dev.trafficlab.realcluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;

import dev.trafficlab.walk.ApiClient;
import dev.trafficlab.walk.ApiClient.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A learner with a lab, who works with the JSON API of one replica or another. */
record Student(ApiClient api, String id, String token) implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(90);

    /** Makes a lab. */
    static Student arriveAt(Replica replica) {
        ApiClient api = replica.stranger();
        Answer made = api.post("/api/v1/labs");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        Student student = new Student(api, made.json().get("id").asString(), made.json().get("token").asString());
        api.useToken(student.token());
        return student;
    }

    /** The same learner at another replica. */
    Student at(Replica replica) {
        ApiClient other = replica.stranger();
        other.useToken(token);
        return new Student(other, id, token);
    }

    String path() {
        return "/api/v1/labs/" + id;
    }

    Answer tryToApply(String step) {
        return api.post(path() + "/steps/" + step + "/apply");
    }

    JsonNode apply(String step) {
        Answer applied = tryToApply(step);
        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        return applied.json().get("objects");
    }

    void pass(String step) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            Answer checked = api.post(path() + "/steps/" + step + "/check");
            assertThat(checked.text()).contains("\"passed\":true").doesNotContain("\"passed\":false");
        });
    }

    /** Returns once the ingress gateway leads to the app. */
    void awaitRoute() {
        await().atMost(LONG).until(() -> gateway("/colors").status() == 200);
    }

    void applyAndPass(String step) {
        apply(step);
        pass(step);
    }

    JsonNode traffic(int requests, String path, int clients, String from) {
        Answer report = api.post(path() + "/traffic",
                "{\"requests\": %d, \"path\": \"%s\", \"clients\": %d, \"from\": \"%s\"}"
                        .formatted(requests, path, clients, from));
        assertThat(report.status()).as(report.text()).isEqualTo(200);
        return report.json();
    }

    JsonNode trace(String path) {
        return api.get(path() + "/trace?path=" + path).json();
    }

    void deleteLogs() {
        assertThat(api.delete(path() + "/split").status()).isEqualTo(204);
    }

    Map<String, Double> percentages() {
        Map<String, Double> percentages = new TreeMap<>();
        api.get(path() + "/split")
                .json()
                .get("colors")
                .forEach(color -> percentages.put(color.get("version")
                        .asString(), color.get("percent").asDouble()));
        return percentages;
    }

    List<String> stepsThatAre(String state) {
        return api.get(path())
                .json()
                .get("steps")
                .valueStream()
                .filter(step -> step.get(state).asBoolean())
                .map(step -> step.get("id").asString())
                .toList();
    }

    Answer gateway(String path) {
        return api.get("/gateway/" + id + path);
    }

    /** A page of the lab, as the learner's browser asks for it. */
    Answer page(Replica replica, String step) {
        try (ApiClient browser = replica.stranger()) {
            browser.useCookie(id + "=" + token);
            return browser.get("/labs/" + id + "/steps/" + step);
        }
    }

    void reset() {
        Answer reset = api.post(path() + "/reset");
        assertThat(reset.status()).as(reset.text()).isEqualTo(200);
    }

    @Override
    public void close() {
        api.close();
    }
}
