package dev.trafficlab.attack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another lab, whose learner goes on working while an attack runs: a page, an edit, a request through the gateway, and the liveness probe
 * beside them, round after round. Each is timed; close to end.
 */
final class Bystander implements AutoCloseable {

    /** No request of another learner may take longer while an attack runs, on two cores that do nothing else; more where they do. */
    private static final Duration PATIENCE = Duration.parse(System.getProperty("trafficlab.patience", "PT2S"));

    /** Between two rounds: long enough that its edits stay below what a learner may change a minute. */
    private static final Duration PAUSE = Duration.ofMillis(600);
    private static final Duration GIVEN_UP = Duration.ofSeconds(30);

    private final AttackLab lab;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Thread worker;

    private Bystander(AttackLab lab) {
        this.lab = lab;
        this.worker = Thread.ofPlatform().name("bystander").unstarted(this::work);
    }

    /** A lab with the app open to the outside, warmed by some rounds, whose learner works from now on. */
    static Bystander working(AttackServer server) {
        Bystander bystander = new Bystander(server.newLab().opened());
        for (int i = 0; i < 5; i++) {
            bystander.round();
        }
        bystander.samples.clear();
        bystander.worker.start();
        return bystander;
    }

    /** Waits for further rounds to end, and asserts that nothing failed or took longer than two seconds since the last call. */
    void isUnharmed() {
        int seen = samples.size();
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> samples.size() >= seen + 8);
        List<Sample> all = List.copyOf(samples);
        samples.removeAll(all);
        assertThat(all.stream().filter(sample -> !sample.answered()).toList()).as("failed").isEmpty();
        assertThat(all.stream().filter(sample -> sample.took().compareTo(PATIENCE) > 0).toList())
                .as("took over " + PATIENCE)
                .isEmpty();
    }

    private void work() {
        try {
            while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        time("liveness", "GET", "/actuator/health/liveness", "");
        time("page", "GET", "/labs/" + lab.id() + "/steps/gateway", "");
        time("edit", "PUT", "/api/v1/labs/" + lab.id() + "/manifests", edit());
        time("gateway", "GET", lab.gateway() + "/colors", "");
    }

    private String edit() {
        return """
               apiVersion: v1
               kind: ConfigMap
               metadata: {name: notes}
               data: {round: "%d"}
               """.formatted(System.nanoTime());
    }

    private void time(String what, String method, String path, String body) {
        long start = System.nanoTime();
        int status = 0;
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(lab.server().address() + path))
                    .timeout(GIVEN_UP)
                    .header("Authorization", "Bearer " + lab.token())
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!body.isEmpty()) {
                request.header("Content-Type", "application/yaml");
            }
            status = http.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException refusedOrTooLate) {
            status = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        samples.add(new Sample(what, status, Duration.ofNanos(System.nanoTime() - start)));
    }

    /** The longest that each kind of request took so far, for reports. */
    List<Sample> slowest() {
        List<Sample> slowest = new ArrayList<>();
        for (String what : List.of("liveness", "page", "edit", "gateway")) {
            samples.stream()
                    .filter(sample -> sample.what().equals(what))
                    .max((one, other) -> one.took().compareTo(other.took()))
                    .ifPresent(slowest::add);
        }
        return slowest;
    }

    @Override
    public void close() throws InterruptedException {
        stopped.countDown();
        http.shutdownNow();
        worker.join(Duration.ofSeconds(10));
    }

    /** One request of the bystander; status 0 where no answer came. */
    record Sample(String what, int status, Duration took) {

        boolean answered() {
            return status >= 200 && status < 300;
        }
    }
}
