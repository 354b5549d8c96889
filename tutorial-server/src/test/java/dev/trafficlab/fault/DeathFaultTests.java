package dev.trafficlab.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.trafficlab.attack.ServerProgram;
import dev.trafficlab.fault.FaultyServer.Lab;
import dev.trafficlab.fault.FaultyServer.Launch;

import static org.assertj.core.api.Assertions.assertThat;

/** The process ends in the middle of its work: asked to, or killed. */
class DeathFaultTests {

    private static final int WRITERS = 3;
    private static final int KILLS = 50;

    @TempDir
    private Path folder;

    /** Writers that each count one ConfigMap up, and know what was acknowledged last. */
    private static final class Load implements AutoCloseable {

        private final Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();
        private final AtomicLong count = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Load(Lab lab, Map<Integer, Long> before) {
            acknowledged.putAll(before);
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                threads.add(Thread.ofPlatform().start(() -> write(lab, writer)));
            }
        }

        private void write(Lab lab, int writer) {
            long next = acknowledged.getOrDefault(writer, 0L) + 1;
            try {
                while (!stopped.get()) {
                    if (lab.write("writer-" + writer, Long.toString(next)).statusCode() < 300) {
                        acknowledged.put(writer, next);
                        count.incrementAndGet();
                    }
                    next++;
                }
            } catch (IOException | InterruptedException dead) {
                // the server is gone, as it should be
            }
        }

        void awaitWrites(int writes) {
            long first = count.get();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> count.get() >= first + writes);
        }

        @Override
        public void close() {
            stopped.set(true);
            threads.forEach(thread -> {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static void holds(Lab lab, Map<Integer, Long> acknowledged) throws IOException, InterruptedException {
        for (Map.Entry<Integer, Long> entry : acknowledged.entrySet()) {
            String found = lab.read("writer-" + entry.getKey()).body();
            String value = found.replaceAll("(?s).*\"k\":\"(\\d+)\".*", "$1");
            assertThat(Long.parseLong(value)).as(found).isGreaterThanOrEqualTo(entry.getValue());
        }
    }

    @Test
    void askedToEndUnderLoadItKeepsWhatItAcknowledgedAndEndsItsStreams() throws Exception {
        Path data = folder.resolve("data");
        Map<Integer, Long> acknowledged;
        Lab lab;
        try (FaultyServer server = Launch.on(data).ready()) {
            lab = server.lab();
            HttpRequest watch = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + lab.maps()
                    + "?watch=true")).header("Authorization", "Bearer " + lab.token()).build();
            HttpResponse<Stream<String>> lines = server.client().send(watch, BodyHandlers.ofLines());
            CountDownLatch ended = new CountDownLatch(1);
            AtomicBoolean cleanly = new AtomicBoolean();
            Thread.ofPlatform().start(() -> {
                // A body that breaks off in the middle is an exception.
                long read = lines.body().count();
                cleanly.set(read > 0);
                ended.countDown();
            });
            try (Load load = new Load(lab, Map.of())) {
                load.awaitWrites(200);
                server.terminate();
                long start = System.nanoTime();
                assertThat(server.awaitEnd(Duration.ofSeconds(20))).as(server.log()).isEqualTo(143);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
                acknowledged = load.acknowledged;
            }
            ended.await();
            assertThat(cleanly).as("the watch's answer is whole").isTrue();
            assertThat(server.log()).doesNotContain("\tat ");
        }
        try (FaultyServer next = Launch.on(data).ready()) {
            holds(lab.on(next), acknowledged);
        }
    }

    /** Each server lives only until it has taken some writes. */
    @Test
    void killedFiftyTimesUnderLoadItLosesNothingThatItAcknowledged() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        Path data = folder.resolve("data");
        Launch launch = Launch.on(data).of(ServerProgram.unpacked(folder.resolve("program")));
        Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();
        Lab lab;
        try (FaultyServer first = launch.ready()) {
            lab = first.lab();
            first.terminate();
            assertThat(first.awaitEnd(Duration.ofSeconds(60))).as(first.log()).isEqualTo(143);
        }
        for (int kill = 0; kill < KILLS; kill++) {
            try (FaultyServer server = launch.ready()) {
                Lab now = lab.on(server);
                holds(now, acknowledged);
                try (Load load = new Load(now, acknowledged)) {
                    load.awaitWrites(random.nextInt(1, 60));
                    server.kill();
                    acknowledged = load.acknowledged;
                }
            }
        }
        try (FaultyServer last = launch.ready()) {
            holds(lab.on(last), acknowledged);
            assertThat(last.log()).doesNotContain("\tat ");
        }
    }

    /** Without the pages a process starts so fast that the moment of its start is often hit as well. */
    @Test
    void theStoresOwnerIsKilledAtAnyMomentAndFindsWhatItAcknowledged() throws IOException, InterruptedException {
        KilledCluster.killOften(folder.resolve("data"), 30, RandomGeneratorFactory.of("L64X128MixRandom").create(12));
    }
}
