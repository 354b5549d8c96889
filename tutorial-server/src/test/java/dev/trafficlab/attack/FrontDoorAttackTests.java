package dev.trafficlab.attack;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Tries to get around what is limited by address, lab and account. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontDoorAttackTests {

    private static final String INSTRUCTORS = "/api/v1/instructor/labs";

    @RegisterExtension
    static final ServerUnderAttack server = ServerUnderAttack.with("--spring.main.cloud-platform=kubernetes",
            "--tutorial.trusted-proxies=192.0.2.1", "--tutorial.limits.lab-calls=600");

    /** Last, as it uses up what labs all of these may make from their one address. */
    @Test
    @Order(Integer.MAX_VALUE)
    void noSpellingMakesMoreLabsThanTheAddressMay() {
        List<String> spellings = List.of("/api/v1/labs", "/api/v1/l%61bs", "/%61pi/v1/labs", "/api/v1/labs/",
                "/api//v1/labs", "/api/v1/./labs", "/api/v1/x/../labs", "/api/v1/labs;x=1", "/API/v1/labs",
                "/api/v1/labs?x=1", "/api/v1/lab%73?", "//api/v1/labs", "/api/v1%2flabs", "/api/v1/labs%20");
        long start = System.nanoTime();
        List<Integer> answers = new ArrayList<>();
        for (int round = 0; round < 15; round++) {
            for (String path : spellings) {
                answers.add(server.send("POST", path, "{}", "Content-Type", "application/json", "X-Forwarded-For",
                        "203.0.113." + answers.size(), "Forwarded", "for=198.51.100." + answers.size())
                        .statusCode());
            }
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;

        assertThat(Collections.frequency(answers, 201)).isLessThanOrEqualTo((int) (60 + seconds));
        assertThat(answers).contains(429).doesNotContain(500, 503);
    }

    @Test
    void noSpellingChangesALabMoreOftenThanItsLearnerMay() {
        AttackLab lab = server.newLab();
        List<String> spellings = List.of("reset", "r%65set", "%72%65%73%65%74", "reset?x=/", "steps/services/%63heck");
        long start = System.nanoTime();
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(lab.own("POST", "/api/v1/labs/" + lab.id() + "/" + spellings.get(i % spellings.size()), "{}",
                    "application/json").statusCode());
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;

        assertThat(Collections.frequency(answers, 200)).isLessThanOrEqualTo((int) (120 + seconds * 2 + 1));
        assertThat(answers).contains(429);
    }

    @Test
    void callsOfTheKubernetesApiAreBoundedForEachLab() {
        AttackLab greedy = server.newLab();
        AttackLab modest = server.newLab();
        List<Integer> answers = IntStream.range(0, 4)
                .parallel()
                .boxed()
                .flatMap(_ -> IntStream.range(0, 500)
                        .mapToObj(_ -> greedy.kube(greedy.core() + "/services/none").statusCode()))
                .toList();

        assertThat(answers).contains(429).doesNotContain(500, 503);
        HttpResponse<String> refused = greedy.kube(greedy.core() + "/services/none");
        if (refused.statusCode() == 429) {
            assertThat(refused.body()).contains("\"kind\":\"Status\"", "TooManyRequests");
        }
        assertThat(modest.kube(modest.core() + "/services").statusCode()).isEqualTo(200);
    }

    @Test
    void noHeaderTriesMorePasswordsThanTheAddressMayAndTheRightOneIsAlwaysLetIn() {
        String wrong = base64("instructor:guess");
        List<String> headers = List.of("Basic " + wrong, "Basic\t" + wrong, "basic  " + wrong, "BASIC " + wrong,
                "Basic" + wrong, "bAsIc\t \t" + wrong, "Basic " + base64("nobody:guess"));
        long start = System.nanoTime();
        List<Integer> guesses = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String path = List.of(INSTRUCTORS, "/instructor", "/api/v1/%69nstructor/labs", "/").get(i % 4);
            guesses.add(server.send(i % 3 == 0 ? "HEAD" : "GET", path, "", "Authorization", headers.get(i % headers
                    .size()),
                    "X-Forwarded-For", "203.0.113." + i).statusCode());
            assertThat(signIn()).as("the right password").isEqualTo(200);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;

        assertThat(Collections.frequency(guesses, 401)).isLessThanOrEqualTo((int) (20 + seconds / 3 + 1));
        assertThat(guesses).contains(429);
    }

    @Test
    void anInstructorInARoomWithAGuessingPupilIsNeverLockedOut() throws InterruptedException {
        AtomicBoolean lesson = new AtomicBoolean(true);
        Thread pupil = Thread.ofVirtual().start(() -> {
            while (lesson.get()) {
                server.send("GET", INSTRUCTORS, "", "Authorization", "Basic " + base64("instructor:" + System
                        .nanoTime()));
            }
        });
        try {
            for (int i = 0; i < 20; i++) {
                assertThat(signIn()).isEqualTo(200);
            }
        } finally {
            lesson.set(false);
            pupil.join();
        }
    }

    @Test
    void secretsOfLabsCannotBeGuessedWithoutEnd() {
        AttackLab lab = server.newLab();
        List<Integer> guesses = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            String guess = lab.id() + "." + "x".repeat(40) + i;
            guesses.add(switch (i % 3) {
                case 0 -> server.send("GET", "/api/v1/labs/" + lab.id(), "", "Authorization", "Bearer\t" + guess)
                        .statusCode();
                case 1 -> server.send("GET", "/kubernetes/s/" + guess + "/version", "").statusCode();
                default -> server.send("GET", "/labs/" + lab.id(), "", "Cookie", lab.id() + "=" + guess).statusCode();
            });
        }

        assertThat(guesses).contains(429);
        assertThat(lab.own("GET", "/api/v1/labs/" + lab.id(), "", "application/json").statusCode()).isEqualTo(200);
    }

    /** A client elsewhere in the private network, which Spring Boot would believe on Kubernetes. */
    @Test
    void aPrivateAddressIsNoProxy() throws IOException {
        InetAddress own = ownAddress();
        StringBuilder page = new StringBuilder();
        try (Socket socket = new Socket(own, server.process().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET /instructor HTTP/1.1\r\nHost: lab.example\r\nAccept: text/html\r\nConnection: close\r\n"
                            + "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example\r\n"
                            + "X-Forwarded-Prefix: /evil\r\nX-Forwarded-Ssl: on\r\n"
                            + "Forwarded: for=1.2.3.4;proto=https;host=evil.example\r\n\r\n").getBytes(
                                    StandardCharsets.US_ASCII));
            page.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }

        assertThat(page.toString()).contains("/login")
                .doesNotContain("evil", "https://", "Strict-Transport-Security", "__Host-", "; Secure");
    }

    @Test
    void aClassStartsBehindOneAddressAndNobodyIsTurnedAway() {
        List<Newcomer> pupils = IntStream.range(0, 40).mapToObj(_ -> new Newcomer(server.process()).reads()).toList();
        List<Newcomer.Step> steps = pupils.parallelStream().map(Newcomer::starts).toList();

        assertThat(steps).allSatisfy(step -> assertThat(step.lab()).isNotEmpty());
        assertThat(steps.stream().map(Newcomer.Step::lab).distinct()).hasSize(40);
    }

    private static int signIn() {
        return server.send("GET", INSTRUCTORS, "", "Authorization", "Basic " + base64("instructor:"
                + AttackServer.PASSWORD)).statusCode();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InetAddress ownAddress() throws IOException {
        return Collections.list(NetworkInterface.getNetworkInterfaces())
                .stream()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(InetAddress.getLoopbackAddress());
    }
}
