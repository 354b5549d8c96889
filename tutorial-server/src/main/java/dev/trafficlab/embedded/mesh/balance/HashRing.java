package dev.trafficlab.embedded.mesh.balance;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Envoy's ketama ring for hosts of equal weight: every host owns the stretches that end at its own entries, whose positions are the
 * hashes of {@code address_0}, {@code address_1}, … Envoy: ring_hash_lb.cc.
 */
public final class HashRing {

    private static final int MAXIMUM_SIZE = 8 * 1024 * 1024;

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
        long[] hashes = new long[size];
        char[] owners = new char[size];
        int filled = 0;
        double target = 0;
        for (int host = 0; host < addresses.size() && filled < size; host++) {
            target += scale * weight;
            for (int i = 0; filled < target && filled < size; i++, filled++) {
                hashes[filled] = XxHash64.hash(addresses.get(host) + "_" + i);
                owners[filled] = (char) host;
            }
        }
        return sorted(hashes, owners, filled);
    }

    private static HashRing sorted(long[] hashes, char[] owners, int size) {
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted((a, b) -> Long.compareUnsigned(hashes[a], hashes[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        long[] positions = new long[size];
        char[] hosts = new char[size];
        for (int i = 0; i < size; i++) {
            positions[i] = hashes[order[i]];
            hosts[i] = owners[order[i]];
        }
        return new HashRing(positions, hosts);
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
