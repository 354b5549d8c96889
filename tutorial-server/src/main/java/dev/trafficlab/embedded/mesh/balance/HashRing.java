package dev.trafficlab.embedded.mesh.balance;

import java.util.Arrays;
import java.util.List;

/**
 * Envoy's ketama ring for hosts of equal weight: every host owns the stretches that end at its own entries, whose positions are the
 * hashes of {@code address_0}, {@code address_1}, … Envoy: ring_hash_lb.cc.
 */
public final class HashRing {

    private static final int MAXIMUM_SIZE = 8 * 1024 * 1024;
    private static final char FREE = Character.MAX_VALUE;

    private final long[] positions;
    private final char[] owners;

    private HashRing(long[] positions, char[] owners) {
        this.positions = positions;
        this.owners = owners;
    }

    /**
     * The ring of the hosts.
     *
     * @param addresses the hosts' {@code ip:port}, at least one
     * @param minimumSize how many entries the ring has at least
     */
    public static HashRing of(List<String> addresses, long minimumSize) {
        double weight = 1.0 / addresses.size();
        double scale = Math.min(Math.ceil(weight * minimumSize) / weight, MAXIMUM_SIZE);
        int size = (int) Math.ceil(scale);
        int[] entries = new int[addresses.size()];
        int filled = 0;
        double target = 0;
        for (int host = 0; host < entries.length && filled < size; host++) {
            target += scale * weight;
            for (; filled < target && filled < size; filled++) {
                entries[host]++;
            }
        }
        return filled(addresses, entries, filled);
    }

    /** Sorts the plain hashes, and then hashes once more to find whose each is: no object an entry, and half the memory of sorting both. */
    private static HashRing filled(List<String> addresses, int[] entries, int size) {
        long[] positions = new long[size];
        int at = 0;
        for (int host = 0; host < entries.length; host++) {
            for (int i = 0; i < entries[host]; i++) {
                positions[at++] = XxHash64.hash(addresses.get(host) + "_" + i) ^ Long.MIN_VALUE;
            }
        }
        Arrays.sort(positions);
        for (int i = 0; i < size; i++) {
            positions[i] ^= Long.MIN_VALUE;
        }
        char[] owners = new char[size];
        Arrays.fill(owners, FREE);
        HashRing ring = new HashRing(positions, owners);
        for (int host = 0; host < entries.length; host++) {
            for (int i = 0; i < entries[host]; i++) {
                int entry = ring.entry(XxHash64.hash(addresses.get(host) + "_" + i));
                while (owners[entry] != FREE) {
                    entry++;
                }
                owners[entry] = (char) host;
            }
        }
        return ring;
    }

    /** The index of the entry that the hash falls to: the first one at or after it, clockwise. */
    public int entry(long hash) {
        int low = 0;
        int high = positions.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(positions[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == positions.length ? 0 : low;
    }

    /** The host that owns the entry, as an index into the addresses. */
    public int owner(int entry) {
        return owners[entry];
    }

    /** Where the entry sits; positions are unsigned. */
    public long position(int entry) {
        return positions[entry];
    }

    /** How many entries there are. */
    public int size() {
        return positions.length;
    }
}
