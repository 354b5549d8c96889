package dev.trafficlab.lab.lifecycle;

import java.util.function.IntSupplier;

import dev.trafficlab.lab.LabsFullException;

/**
 * Counts the labs against the cap. Where this server alone makes them, the cluster is not asked for each new one; every sweep counts
 * afresh. Thread-safe.
 */
public final class LabCap {

    private static final int UNKNOWN = -1;

    private final int cap;
    private final IntSupplier census;
    private final boolean alone;
    private int labs = UNKNOWN;

    public LabCap(int cap, IntSupplier census, boolean alone) {
        this.cap = cap;
        this.census = census;
        this.alone = alone;
    }

    /** Takes a place for one more lab. */
    public synchronized void take() {
        if (labs == UNKNOWN || !alone) {
            labs = census.getAsInt();
        }
        if (labs >= cap) {
            throw new LabsFullException(cap);
        }
        labs++;
    }

    /** Gives a place back. */
    public synchronized void giveBack() {
        if (labs > 0) {
            labs--;
        }
    }

    /** Sets the count to what was found. */
    public synchronized void count(int found) {
        labs = found;
    }
}
