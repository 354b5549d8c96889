package dev.trafficlab.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A lab fills the disk or the memory: it is refused, and nobody else notices. */
class StoreAttackTests {

    @RegisterExtension
    static final ServerUnderAttack server = ServerUnderAttack.withHeap("512m");

    private static String configMap(String name, int size) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"k\":\""
                + "x".repeat(size) + "\"}}";
    }

    @Test
    void aLabThatStoresMuchIsRefusedBeyondItsShare() {
        AttackLab lab = server.newLab();

        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(lab.kube("POST", lab.core() + "/configmaps", configMap("c" + i, 200_000)).statusCode());
        }

        assertThat(answers.stream().filter(status -> status == 201).count()).isBetween(5L, 10L);
        assertThat(answers).containsOnly(201, 403);
        server.harmsNobody();
    }

    /** The same by annotations of an Istio object, which grow by merge patches. */
    @Test
    void aLabWhoseAnnotationsGrowIsRefusedBeyondItsShare() {
        AttackLab lab = server.newLab().opened();

        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            answers.add(lab.kube("PATCH", lab.istio() + "/virtualservices/colors", "{\"metadata\":{\"annotations\":{\"a"
                    + i
                    + "\":\"" + "y".repeat(200_000) + "\"}}}", "application/merge-patch+json").statusCode());
        }

        assertThat(answers.stream().filter(status -> status == 200).count()).isLessThan(12);
        assertThat(answers.getLast()).isGreaterThanOrEqualTo(400).isLessThan(500);
        server.harmsNobody();
    }

    /** What is overwritten takes its place on the disk only until it is written over. */
    @Test
    void aLabThatOverwritesWithoutEndDoesNotFillTheDisk() throws IOException {
        AttackLab lab = server.newLab();
        lab.kube("POST", lab.core() + "/configmaps", configMap("c", 1));
        long before = Files.size(server.store());

        for (int i = 0; i < 300; i++) {
            lab.kube("PUT", lab.core() + "/configmaps/c", configMap("c", 200_000 + i % 100));
        }

        assertThat(Files.size(server.store()) - before).isLessThan(64L << 20);
        server.harmsNobody();
    }

    /** Its history is pushed out, nobody else's. */
    @Test
    void aLabThatChangesWithoutEndPushesOutNobodysHistory() {
        AttackLab quiet = server.newLab();
        HttpResponse<String> list = quiet.kube(quiet.core() + "/configmaps");
        String revision = list.body().replaceAll("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
        quiet.kube("POST", quiet.core() + "/configmaps", configMap("seen", 1));
        AttackLab lab = server.newLab();
        lab.kube("POST", lab.core() + "/configmaps", configMap("c", 1));
        for (int i = 0; i < 150; i++) {
            lab.kube("PUT", lab.core() + "/configmaps/c", configMap("c", 150_000 + i % 2));
        }

        HttpResponse<String> watched = quiet.kube(quiet.core() + "/configmaps?watch=1&timeoutSeconds=1&resourceVersion="
                + revision);
        assertThat(watched.body()).contains("\"ADDED\"", "\"seen\"").doesNotContain("ERROR");
        server.harmsNobody();
    }

    @Test
    void watchesThatAreNotReadCostTheirLabItsWatches() throws IOException, InterruptedException {
        long before = server.process().heapAfterCollection();
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            AttackLab lab = server.newLab();
            lab.kube("POST", lab.core() + "/configmaps", configMap("c", 1));
            for (int j = 0; j < 100; j++) {
                sockets.add(watch(lab, j % 2 == 0 ? ""
                        : "&sendInitialEvents=true&allowWatchBookmarks=true"
                                + "&resourceVersionMatch=NotOlderThan"));
            }
            for (int j = 0; j < 27; j++) {
                lab.kube("PUT", lab.core() + "/configmaps/c", configMap("c", 230_000 + j));
            }
        }
        server.harmsNobody();

        assertThat(server.process().heapAfterCollection() - before).as("heap with 300 unread watches")
                .isLessThan(120L << 20);
        for (Socket socket : sockets) {
            socket.close();
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(3))
                .until(() -> server.process().heapAfterCollection() < before * 1.1 + (20 << 20));
        server.harmsNobody();
        assertThat(server.process().log()).doesNotContain("OutOfMemoryError");
    }

    private static Socket watch(AttackLab lab, String more) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.process().port()));
        socket.getOutputStream()
                .write(("GET /kubernetes" + lab.core() + "/configmaps?watch=1" + more + " HTTP/1.1\r\nHost: a\r\n"
                        + "Authorization: Bearer " + lab.token() + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
