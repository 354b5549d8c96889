package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.controller.WorkQueue.Task;
import dev.trafficlab.embedded.store.ConflictException;
import dev.trafficlab.embedded.store.ObjectEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WorkQueueTests {

    private record Doing(Function<String, Optional<Duration>> work) implements Controller {

        @Override
        public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {}

        @Override
        public Optional<Duration> reconcile(String namespace, String name) {
            return work.apply(name);
        }
    }

    @Test
    void taskNeverRunsBesideItselfAndNoAdditionIsLost() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger added = new AtomicInteger();
        try (WorkQueue queue = WorkQueue.start(4)) {
            Controller controller = new Doing(name -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                seen.set(added.get());
                inside.decrementAndGet();
                return Optional.empty();
            });
            for (int i = 1; i <= 1000; i++) {
                added.set(i);
                queue.add(new Task(controller, "ns", "one"));
            }
            await().untilAsserted(() -> assertThat(seen.get()).isEqualTo(1000));
        }
        assertThat(most.get()).isEqualTo(1);
    }

    @Test
    void taskAddedWhileItRunsIsRunAgain() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        try (WorkQueue queue = WorkQueue.start(2)) {
            Task task = new Task(new Doing(name -> {
                entered.countDown();
                waitFor(release);
                runs.incrementAndGet();
                return Optional.empty();
            }), "ns", "one");
            queue.add(task);
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            queue.add(task);
            queue.add(task);
            release.countDown();
            await().untilAsserted(() -> assertThat(runs.get()).isEqualTo(2));
        }
        assertThat(runs.get()).isEqualTo(2);
    }

    @Test
    void failureAndConflictAreTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        try (WorkQueue queue = WorkQueue.start(1)) {
            queue.add(new Task(new Doing(name -> {
                if (attempts.incrementAndGet() < 4) {
                    throw new ConflictException("somebody was faster");
                }
                return Optional.empty();
            }), "ns", "one"));
            await().untilAsserted(() -> assertThat(attempts.get()).isEqualTo(4));
        }
    }

    @Test
    void taskThatAsksForALaterLookGetsIt() {
        AtomicInteger runs = new AtomicInteger();
        try (WorkQueue queue = WorkQueue.start(1)) {
            queue.add(new Task(new Doing(name -> runs.incrementAndGet() < 3 ? Optional.of(Duration.ofMillis(1))
                    : Optional.empty()), "ns", "one"));
            await().untilAsserted(() -> assertThat(runs.get()).isEqualTo(3));
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            var _ = latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
