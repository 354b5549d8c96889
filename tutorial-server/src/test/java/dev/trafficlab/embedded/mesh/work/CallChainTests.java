package dev.trafficlab.embedded.mesh.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.Bounds;

import static org.assertj.core.api.Assertions.assertThat;

/** What a request sets off inside a mesh is bounded, in depth and in all, on whatever threads it is done. */
class CallChainTests {

    private final LabWork lab = new LabWork();

    @Test
    void aRequestThatCallsItselfEndsAfterTwentyHops() {
        assertThat(depth()).isEqualTo(Bounds.MESH_HOPS);
    }

    private int depth() {
        return CallChain.pass(lab, () -> 1 + depth(), () -> {
            assertThat(CallChain.refusal()).map(Refusal::limit).contains("request loop");
            return 0;
        });
    }

    @Test
    void copiesOfCopiesEndWithTheRequestsOwnShare() {
        AtomicInteger calls = new AtomicInteger();

        CallChain.pass(lab, () -> copies(calls), () -> null);

        assertThat(calls.get()).isLessThanOrEqualTo(Bounds.MESH_CALLS);
    }

    private Void copies(AtomicInteger calls) {
        for (int i = 0; i < 3; i++) {
            if (CallChain.takeCall()) {
                calls.incrementAndGet();
                CallChain.fork(Runnable::run, () -> CallChain.pass(lab, () -> copies(calls), () -> null));
            }
        }
        return null;
    }

    @Test
    void aLabWhoseRequestsAllSetOffMuchIsHeldToItsShare() {
        AtomicInteger calls = new AtomicInteger();

        for (int request = 0; request < 100; request++) {
            CallChain.pass(lab, () -> {
                for (int call = 0; call < Bounds.MESH_CALLS; call++) {
                    calls.addAndGet(CallChain.takeCall() ? 1 : 0);
                }
                return null;
            }, () -> null);
        }

        assertThat(calls.get()).isBetween(100 * Bounds.MESH_FREE_CALLS + 1_000, 15_000);
    }

    @Test
    void workBesideTheRequestBelongsToIt() throws InterruptedException {
        List<Integer> depths = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);

        CallChain.pass(lab, () -> {
            CallChain.fork(Thread::startVirtualThread, () -> {
                depths.add(1 + depth());
                done.countDown();
            });
            return null;
        }, () -> null);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(depths).containsExactly(Bounds.MESH_HOPS);
    }

    @Test
    void noMoreWorkIsUnderWayBesideRequestsThanALabMayHave() {
        List<Runnable> waiting = new ArrayList<>();
        AtomicInteger refused = new AtomicInteger();

        CallChain.pass(lab, () -> {
            for (int i = 0; i < Bounds.MESH_BACKGROUND + 5; i++) {
                refused.addAndGet(CallChain.fork(waiting::add, () -> {}) ? 0 : 1);
            }
            return null;
        }, () -> null);

        assertThat(refused.get()).isEqualTo(5);
        waiting.forEach(Runnable::run);
        CallChain.pass(lab, () -> {
            assertThat(CallChain.fork(waiting::add, () -> {})).isTrue();
            return null;
        }, () -> null);
    }

    @Test
    void moreRequestsThanALabMayHaveUnderWayAreRefused() {
        for (int i = 0; i < Bounds.MESH_REQUESTS; i++) {
            assertThat(lab.enter()).isTrue();
        }

        assertThat(CallChain.pass(lab, () -> "in", () -> "refused")).isEqualTo("refused");
        lab.leave();
        assertThat(CallChain.pass(lab, () -> "in", () -> "refused")).isEqualTo("in");
    }

    @Test
    void whatNobodyWaitsForEndsAtItsNextPause() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        CallChain[] given = new CallChain[1];
        CallChain.pass(lab, () -> {
            given[0] = CallChain.branch();
            return null;
        }, () -> null);

        Thread sleeper = Thread.startVirtualThread(() -> given[0].carry(() -> {
            try {
                CallChain.pause(Duration.ofHours(1));
                ended.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        given[0].abandon();

        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
        sleeper.join();
        given[0].carry(() -> assertThat(CallChain.takeCall()).isFalse());
    }

    @Test
    void regularExpressionsGetTheirShareOfTimeAndNoMore() {
        CallChain.pass(lab, () -> {
            assertThat(CallChain.takeRegexSteps(Bounds.FREE_REGEX_STEPS)).isTrue();
            assertThat(CallChain.takeRegexSteps(Bounds.REGEX_STEPS)).isFalse();
            assertThat(CallChain.regexRefused()).isTrue();
            return null;
        }, () -> null);
    }
}
