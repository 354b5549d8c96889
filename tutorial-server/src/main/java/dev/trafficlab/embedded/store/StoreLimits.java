package dev.trafficlab.embedded.store;

import java.util.OptionalLong;

/**
 * What a store may take.
 *
 * @param historyEvents how many changes are kept for watchers that resume
 * @param historyBytes how many bytes of objects they may hold
 * @param freeSpace bytes of the disk that stay free of new objects, so that deletions and the cluster's own bookkeeping still find room;
 *     when absent a tenth of the disk, but no more than 64 MiB
 */
public record StoreLimits(int historyEvents, long historyBytes, OptionalLong freeSpace) {

    private static final int EVENTS = 20_000;
    private static final long LEAST = 2L << 20;
    private static final long MOST = 64L << 20;
    private static final int SHARE_OF_HEAP = 32;

    /** A history of a 32nd of the heap. */
    public static StoreLimits ofThisMachine() {
        return new StoreLimits(EVENTS, Math.clamp(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, LEAST, MOST),
                OptionalLong.empty());
    }

    /** The same with another size of the history. */
    public StoreLimits withHistoryBytes(long bytes) {
        return new StoreLimits(historyEvents, bytes, freeSpace);
    }

    /** The same with another reserve of free space. */
    public StoreLimits withFreeSpace(long bytes) {
        return new StoreLimits(historyEvents, historyBytes, OptionalLong.of(bytes));
    }

    static StoreLimits ofEvents(int events) {
        return new StoreLimits(events, MOST, OptionalLong.empty());
    }
}
