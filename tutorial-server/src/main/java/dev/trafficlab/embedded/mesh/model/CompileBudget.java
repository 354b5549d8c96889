package dev.trafficlab.embedded.mesh.model;

import com.google.re2j.Pattern;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.mesh.balance.LoadBalancer;

/**
 * What one lab's objects may cost when they are compiled, in time and in the memory that the result keeps. Istio has no such limits: its
 * clusters have a control plane of their own, while here each lab is one of many in a process. For one compilation, on one thread.
 */
public final class CompileBudget {

    private static final long SMALL_RING = 1_024;
    private static final int SMALL_MAGLEV = 1_021;
    private static final int RING_ENTRY_BYTES = Long.BYTES + Character.BYTES;

    private final UnsupportedReport findings;
    private long tableBytes = Bounds.HASH_TABLE_BYTES;
    private int instructions = Bounds.REGEX_INSTRUCTIONS;
    private long steps = Bounds.COMPILE_STEPS;
    private int clusters = Bounds.MESH_CLUSTERS;

    /** A budget of which nothing is used, and who is told when it is. */
    public CompileBudget(UnsupportedReport findings) {
        this.findings = findings;
    }

    /** Takes steps for an object; false, and told, when there are not so many left: what asks for fewer may still have them. */
    public boolean take(ObjectMeta object, long count) {
        boolean enough = count <= steps;
        steps -= enough ? count : Math.min(1, steps);
        if (!enough) {
            findings.notSupported(object,
                    "The lab's objects together need more work than a lab may have (hosts, matches,"
                            + " routes and ports multiply): some rules of this one are left out.");
        }
        return enough;
    }

    /** Takes a cluster; false when there are too many. */
    public boolean takeCluster() {
        return clusters-- > 0;
    }

    /** Takes the program of a regular expression; false when the lab has too many. */
    public boolean takeRegex(Pattern pattern) {
        instructions -= pattern.programSize();
        return instructions >= 0;
    }

    /** The balancer with its ring or table as large as the lab can have it; the DestinationRule is told where that is smaller. */
    public LoadBalancer sized(LoadBalancer wanted, ObjectMeta rule) {
        LoadBalancer sized = sized(wanted);
        if (sized instanceof LoadBalancer.RingHash ring && !sized.equals(wanted)) {
            findings.notSupported(rule, "minimumRingSize is not supported as large as it is: the ring has at least "
                    + ring.minimumSize()
                    + " entries here. The shares are the same, single clients may meet another pod.");
        }
        if (sized instanceof LoadBalancer.Maglev table && !sized.equals(wanted)) {
            findings.notSupported(rule, "maglev.tableSize is not supported as large as it is: the table has "
                    + table.tableSize() + " slots here. The shares are the same, single clients may meet another pod.");
        }
        return sized;
    }

    private LoadBalancer sized(LoadBalancer wanted) {
        return switch (wanted) {
            case LoadBalancer.RingHash ring -> new LoadBalancer.RingHash(ringSize(ring.minimumSize()));
            case LoadBalancer.Maglev maglev -> new LoadBalancer.Maglev(maglevSize(maglev.tableSize()));
            default -> wanted;
        };
    }

    private long ringSize(long wanted) {
        long size = Math.min(wanted, Bounds.RING_ENTRIES);
        return size <= SMALL_RING || takeBytes(size * RING_ENTRY_BYTES) ? size : SMALL_RING;
    }

    private int maglevSize(int wanted) {
        int size = Math.min(wanted, Bounds.MAGLEV_SLOTS);
        return size <= SMALL_MAGLEV || takeBytes((long) size * Character.BYTES) ? size
                : SMALL_MAGLEV;
    }

    private boolean takeBytes(long count) {
        boolean enough = count <= tableBytes;
        tableBytes -= enough ? count : 0;
        return enough;
    }
}
