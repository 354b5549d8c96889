package dev.trafficlab.lab;

import java.util.function.IntSupplier;

/**
 * Counts the labs against the cap, without asking the cluster for each new one. Counted afresh by every sweep, so that labs made or
 * removed by others are known soon. Thread-safe.
 */
final class LabLimit {

    private static final int UNKNOWN = -1;

    private final int cap;
    private final IntSupplier census;
    private int labs = UNKNOWN;

    LabLimit(int cap, IntSupplier census) {
        this.cap = cap;
        this.census = census;
    }

    /** Takes a place for one more lab. */
    synchronized void take() {
        if (labs == UNKNOWN) {
            labs = census.getAsInt();
        }
        if (labs >= cap) {
            throw new LabsFullException(cap);
        }
        labs++;
    }

    /** Gives a place back. */
    synchronized void giveBack() {
        if (labs > 0) {
            labs--;
        }
    }

    /** Sets the count to what was found. */
    synchronized void count(int found) {
        labs = found;
    }
}
