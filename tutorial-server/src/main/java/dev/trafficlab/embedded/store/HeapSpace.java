package dev.trafficlab.embedded.store;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the heap is nearly full of what the last collection of its old part could not free. New objects are refused then, while there
 * is still memory for what the cluster has. Safe for any number of threads.
 */
final class HeapSpace {

    private static final int MOST_PERCENT = 85;
    private static final long STALE_NANOS = Duration.ofSeconds(30).toNanos();

    /** Of all parts of the heap the one that may become largest is the old one. */
    private final Optional<MemoryPoolMXBean> old = ManagementFactory.getMemoryPoolMXBeans()
            .stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported())
            .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()));
    private final AtomicLong collected = new AtomicLong(System.nanoTime());

    boolean isShort() {
        boolean full = old.filter(pool -> isFull(pool.getCollectionUsage()) && isFull(pool.getUsage())).isPresent();
        if (full) {
            collectAgain();
        }
        return full;
    }

    private static boolean isFull(MemoryUsage usage) {
        return usage != null && usage.getMax() > 0 && usage.getUsed() * 100 > usage.getMax() * MOST_PERCENT;
    }

    /** Where everything is refused, little is allocated, so that no collection would find out that there is room again. */
    private void collectAgain() {
        long last = collected.get();
        long now = System.nanoTime();
        if (now - last > STALE_NANOS && collected.compareAndSet(last, now)) {
            System.gc();
        }
    }
}
