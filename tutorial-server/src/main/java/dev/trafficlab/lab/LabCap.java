package dev.trafficlab.lab;

import java.util.function.IntSupplier;

/**
 * Counts the labs against the cap. Where this server alone makes them, the cluster is not asked for each new one; every sweep counts
 * afresh. Thread-safe.
 */
final class LabCap {

    private static final int UNKNOWN = -1;

    private final int cap;
    private final IntSupplier census;
    private final boolean alone;
    private int labs = UNKNOWN;

    LabCap(int cap, IntSupplier census, boolean alone) {
        this.cap = cap;
        this.census = census;
        this.alone = alone;
    }

    /** Takes a place for one more lab. */
    synchronized void take() {
        if (labs == UNKNOWN || !alone) {
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
