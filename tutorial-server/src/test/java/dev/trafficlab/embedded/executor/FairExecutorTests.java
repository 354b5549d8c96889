package dev.trafficlab.embedded.executor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class FairExecutorTests {

    private static final int WAITING = 10;

    private final FairExecutor executor = FairExecutor.start(2, WAITING);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        gate.countDown();
        for (Thread thread : threads) {
            thread.join(Duration.ofSeconds(10));
        }
        executor.close();
    }

    @Test
    void givesWhatTheWorkGives() {
        assertThat(executor.call("a", () -> Thread.currentThread().isVirtual())).isFalse();
    }

    @Test
    void throwsWhatTheWorkThrows() {
        assertThatThrownBy(() -> executor.call("a", () -> {
            throw new IllegalArgumentException("mine");
        })).isInstanceOf(IllegalArgumentException.class).hasMessage("mine");
        assertThatThrownBy(() -> executor.call("a", FairExecutorTests::overflow)).isInstanceOf(
                StackOverflowError.class);
        assertThat(executor.call("a", () -> 1)).isEqualTo(1);
    }

    @Test
    void workWithinWorkIsDoneAtOnce() {
        assertThat(executor.call("a", () -> executor.call("a", () -> executor.call("b", () -> 3)))).isEqualTo(3);
    }

    @Test
    void oneOwnerLeavesAThreadToTheOthers() {
        for (int i = 0; i < 5; i++) {
            block("greedy");
        }
        await().until(() -> running.get() == 1);

        assertThat(executor.call("other", () -> "served")).isEqualTo("served");
        assertThat(running).hasValue(1);
    }

    @Test
    void refusesWhatAnOwnerMayNotLetWait() {
        for (int i = 0; i <= WAITING; i++) {
            block("greedy");
            int started = i + 1;
            await().until(() -> threads.stream().filter(FairExecutorTests::waits).count() == started);
        }

        assertThatThrownBy(() -> executor.call("greedy", () -> 1)).isInstanceOf(OverloadedException.class);
        assertThat(executor.call("other", () -> 2)).isEqualTo(2);
    }

    @Test
    void ownersTakeTurns() {
        List<String> order = new CopyOnWriteArrayList<>();
        block("first");
        block("second");
        await().until(() -> running.get() == 2);
        for (String owner : List.of("a", "a", "a", "b", "b", "b")) {
            int before = threads.size();
            threads.add(Thread.startVirtualThread(() -> executor.call(owner, () -> order.add(owner))));
            await().until(() -> waits(threads.get(before)));
        }
        gate.countDown();
        await().until(() -> order.size() == 6);

        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void anInterruptedCallerGivesUp() {
        block("a");
        await().until(() -> running.get() == 1);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        AtomicInteger done = new AtomicInteger();
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                executor.call("a", done::incrementAndGet);
            } catch (OverloadedException e) {
                outcome.complete(e);
            }
        });
        await().until(() -> waits(caller));
        caller.interrupt();

        assertThat(outcome.join()).isInstanceOf(OverloadedException.class);
        gate.countDown();
        assertThat(executor.call("a", () -> 1)).isEqualTo(1);
        assertThat(done).hasValue(0);
    }

    private static int overflow() {
        return 1 + overflow();
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    private void block(String owner) {
        threads.add(Thread.startVirtualThread(() -> executor.call(owner, () -> {
            running.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        })));
    }
}
