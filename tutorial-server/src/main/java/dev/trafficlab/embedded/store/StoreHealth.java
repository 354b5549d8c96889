package dev.trafficlab.embedded.store;

/**
 * How a store is, as it was found by a read and by the outcome of its last commit.
 *
 * @param state what works
 * @param detail the same in words, and what to do about it
 */
public record StoreHealth(State state, String detail) {

    /** What works. */
    public enum State {
        /** Everything. */
        WRITABLE,
        /** Reads, deletions and the cluster's own writes: the disk is nearly full. */
        SHORT_OF_SPACE,
        /** The last commit failed or the store does not answer; the store goes on trying by itself. */
        FAILING,
        /** Nothing, and nothing will until the process starts anew. */
        LOST
    }
}
