package dev.trafficlab.demo.backend;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts by colour, for any number of threads; what it can hold is bounded, because anybody may send it anything. */
final class Tally {

    static final int LONGEST_COLOR = 100;
    static final int MOST_COLORS = 1000;

    private volatile Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

    /** Adds one; false when there is no room for yet another colour. */
    boolean add(String color) {
        Map<String, AtomicLong> current = counts;
        AtomicLong count = current.get(color);
        if (count == null) {
            if (current.size() >= MOST_COLORS) {
                return false;
            }
            count = current.computeIfAbsent(color, unseen -> new AtomicLong());
        }
        count.incrementAndGet();
        return true;
    }

    /** All counts, by colour. */
    SortedMap<String, Long> counts() {
        SortedMap<String, Long> sorted = new TreeMap<>();
        counts.forEach((color, count) -> sorted.put(color, count.get()));
        return sorted;
    }

    void clear() {
        counts = new ConcurrentHashMap<>();
    }
}
