package dev.trafficlab.embedded.mesh.work;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.embedded.Bounds;

/**
 * Where a request is on its way through a mesh: how many proxies it has passed, and what the request that came from outside has set off
 * in all. It goes with the thread that works for the request, and with every thread that this one has work done by; nothing of it can be
 * sent or forged by a client or an app.
 */
public final class CallChain {

    private static final ScopedValue<CallChain> CURRENT = ScopedValue.newInstance();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final Work work;
    private final int hops;
    private final @Nullable CallChain parent;
    private volatile boolean abandoned;
    private long regexSteps;
    private boolean regexRefused;

    private CallChain(Work work, int hops, @Nullable CallChain parent) {
        this.work = work;
        this.hops = hops;
        this.parent = parent;
    }

    /** What all that one request sets off has in common. */
    private static final class Work {
        private final LabWork lab;
        private final AtomicInteger calls = new AtomicInteger();
        private volatile @Nullable Refusal refusal;

        Work(LabWork lab) {
            this.lab = lab;
        }

        boolean refuse(String limit, String reason) {
            refusal = new Refusal(limit, reason);
            return false;
        }
    }

    /**
     * Passes a proxy of the lab's mesh: what follows inside is one hop deeper. A request that no earlier one has set off is let in if the
     * lab has room for it.
     *
     * @param refused the answer where the chain is too long, was given up, or found no room
     */
    public static <T> T pass(LabWork lab, Supplier<T> inside, Supplier<T> refused) {
        if (CURRENT.isBound()) {
            CallChain before = CURRENT.get();
            CallChain next = new CallChain(before.work, before.hops + 1, before);
            return next.mayGoOn() ? ScopedValue.where(CURRENT, next).call(inside::get) : refused.get();
        }
        if (!lab.enter()) {
            return refused.get();
        }
        try {
            return ScopedValue.where(CURRENT, new CallChain(new Work(lab), 1, null)).call(inside::get);
        } finally {
            lab.leave();
        }
    }

    private boolean mayGoOn() {
        if (isAbandoned()) {
            return false;
        }
        return hops <= Bounds.MESH_HOPS || work.refuse("request loop",
                "The request goes round in a loop: it has passed "
                        + Bounds.MESH_HOPS
                        + " proxies one after the other, so it was ended here. A real mesh would go on until connections or time"
                        + " are used up.");
    }

    /** Takes one call of a pod from what the request may set off; false when that is used up. Outside any chain there is no limit. */
    public static boolean takeCall() {
        if (!CURRENT.isBound()) {
            return true;
        }
        CallChain chain = CURRENT.get();
        Work work = chain.work;
        int calls = work.calls.incrementAndGet();
        if (chain.isAbandoned()) {
            return false;
        }
        if (calls > Bounds.MESH_CALLS) {
            return work.refuse("calls", "One request has set off " + Bounds.MESH_CALLS
                    + " calls of pods (calls between apps, retries and copies), so no more are made for it.");
        }
        return calls <= Bounds.MESH_FREE_CALLS || work.lab.takeCall() || work.refuse("calls",
                "Requests of this lab set off more than "
                        + Bounds.MESH_EXTRA_CALLS_PER_SECOND
                        + " further calls of pods a second, so some are not made.");
    }

    /** Takes steps of regular expressions; false when the request or its lab have needed too many. Outside any chain there is no limit. */
    public static boolean takeRegexSteps(long steps) {
        if (!CURRENT.isBound()) {
            return true;
        }
        CallChain chain = CURRENT.get();
        chain.regexSteps += steps;
        if (chain.regexSteps <= Bounds.FREE_REGEX_STEPS) {
            return true;
        }
        boolean enough = chain.regexSteps <= Bounds.REGEX_STEPS && chain.work.lab.takeRegexSteps(steps);
        chain.regexRefused |= !enough;
        return enough || chain.work.refuse("regular expressions",
                "The rules' regular expressions need too long for requests of this length, so this one was ended.");
    }

    /** Whether a regular expression was not asked at this proxy, because that would have taken too long. */
    public static boolean regexRefused() {
        return CURRENT.isBound() && CURRENT.get().regexRefused;
    }

    /** Why something that the request set off was refused, if anything was. */
    public static Optional<Refusal> refusal() {
        return CURRENT.isBound() ? Optional.ofNullable(CURRENT.get().work.refusal) : Optional.empty();
    }

    /** Has work done beside the request, as part of it; false where the lab has too much of that under way already. */
    public static boolean fork(Executor executor, Runnable task) {
        if (!CURRENT.isBound()) {
            executor.execute(task);
            return true;
        }
        CallChain chain = CURRENT.get();
        LabWork lab = chain.work.lab;
        if (!lab.beginBackground()) {
            return false;
        }
        executor.execute(() -> {
            try {
                chain.carry(task);
            } finally {
                lab.endBackground();
            }
        });
        return true;
    }

    /** A branch of the current chain that its starter may give up without giving up the rest. */
    public static CallChain branch() {
        if (CURRENT.isBound()) {
            CallChain chain = CURRENT.get();
            return new CallChain(chain.work, chain.hops, chain);
        }
        return new CallChain(new Work(new LabWork()), 0, null);
    }

    /** Does the work as part of this chain, on whatever thread this is called. */
    public void carry(Runnable task) {
        ScopedValue.where(CURRENT, this).run(task);
    }

    /** Nobody waits for it any more: what it has set off ends at the next proxy, call or pause. */
    public void abandon() {
        abandoned = true;
    }

    private boolean isAbandoned() {
        for (CallChain chain = this; chain != null; chain = chain.parent) {
            if (chain.abandoned) {
                return true;
            }
        }
        return false;
    }

    /** Lets time pass, up to {@link Bounds#MESH_DELAY}, as long as somebody waits for the request. */
    public static void pause(Duration duration) throws InterruptedException {
        long end = System.nanoTime() + Math.min(duration.toNanos(), Bounds.MESH_DELAY.toNanos());
        CallChain chain = CURRENT.isBound() ? CURRENT.get() : null;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            if (chain != null && chain.isAbandoned()) {
                return;
            }
            Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
        }
    }
}
