package dev.trafficlab.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A class and a bot at the front door, each behind one address, with the server's usual limits. */
class FrontDoorLoadTests {

    private static final int CLASS = 300;
    private static final int AT_A_TIME = 30;

    @TempDir
    private Path folder;

    @Test
    void threeHundredStartsFromOneAddressWithinAMinuteAreThreeHundredLabs() throws Exception {
        try (AttackServer server = AttackServer.start(folder)) {
            long start = System.nanoTime();
            List<Newcomer.Step> steps = all(CLASS, () -> new Newcomer(server).reads().starts());
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            System.out.println(CLASS + " starts from one address: " + steps.stream()
                    .filter(step -> !step.lab()
                            .isEmpty())
                    .count() + " labs in " + took.toMillis() + " ms");
            assertThat(steps.stream().map(Newcomer.Step::lab).filter(lab -> !lab.isEmpty()).distinct()).hasSize(CLASS);
            assertThat(took).isLessThan(Duration.ofMinutes(1));
            theNextOneWaitsInLineAndStartsByItself(server);
        }
    }

    private static void theNextOneWaitsInLineAndStartsByItself(AttackServer server) {
        Newcomer late = new Newcomer(server);
        Newcomer.Step pressed = Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> new Newcomer(server).reads().starts().lab().isEmpty() ? late.reads().starts() : null,
                        step -> step != null && step.lab().isEmpty());
        assertThat(pressed.status()).isEqualTo(303);
        assertThat(pressed.location()).isEqualTo("/start");
        Newcomer.Step waiting = late.looksAgain();
        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.refresh()).matches("\\d+");
        assertThat(waiting.body()).containsAnyOf("You are next", "in line");
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !late.looksAgain().lab().isEmpty());
    }

    /** It reads the page, keeps its cookies, and presses Start as fast as it can. */
    @Test
    void aBotBehindOneAddressIsHeldToAStartASecond() throws Exception {
        try (AttackServer server = AttackServer.start(folder)) {
            long start = System.nanoTime();
            List<Newcomer.Step> steps = all(1_000, () -> new Newcomer(server).reads().starts());
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds() + 1;

            long labs = steps.stream().filter(step -> !step.lab().isEmpty()).count();
            long refused = steps.stream().filter(step -> step.status() == 429).count();
            System.out.println("a bot's 1000 starts from one address in " + seconds + " s: " + labs + " labs, " + (1_000
                    - labs - refused) + " waiting, " + refused + " refused");
            assertThat(labs).isBetween((long) CLASS, CLASS + seconds);
        }
    }

    private static <T> List<T> all(int count, Callable<T> call) throws InterruptedException, ExecutionException,
            IOException {
        Semaphore room = new Semaphore(AT_A_TIME);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> all = IntStream.range(0, count).mapToObj(_ -> threads.submit(() -> {
                room.acquire();
                try {
                    return call.call();
                } finally {
                    room.release();
                }
            })).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : all) {
                results.add(future.get());
            }
            return results;
        }
    }
}
