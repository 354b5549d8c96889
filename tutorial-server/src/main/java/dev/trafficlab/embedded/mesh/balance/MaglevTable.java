package dev.trafficlab.embedded.mesh.balance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Envoy's Maglev table for hosts of equal weight: hosts take turns in claiming the next free slot of their own permutation. Envoy: maglev_lb.cc. */
public final class MaglevTable {

    /** The size that Envoy uses when none is configured. */
    public static final int DEFAULT_SIZE = 65_537;

    private static final char FREE = Character.MAX_VALUE;

    private final char[] slots;

    private MaglevTable(char[] slots) {
        this.slots = slots;
    }

    /**
     * The table of the hosts.
     *
     * @param addresses the hosts' {@code ip:port}, at least one
     * @param size a prime number
     */
    public static MaglevTable of(List<String> addresses, int size) {
        int[] order = IntStream.range(0, addresses.size())
                .boxed()
                .sorted(Comparator.comparing(addresses::get))
                .mapToInt(Integer::intValue)
                .toArray();
        long[] slot = new long[order.length];
        long[] skip = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            String address = addresses.get(order[i]);
            slot[i] = Long.remainderUnsigned(XxHash64.hash(address), size);
            skip[i] = Long.remainderUnsigned(XxHash64.hash(address, 1), size - 1) + 1;
        }
        char[] slots = new char[size];
        Arrays.fill(slots, FREE);
        for (int filled = 0; filled < size; filled++) {
            int turn = filled % order.length;
            while (slots[(int) slot[turn]] != FREE) {
                slot[turn] = (slot[turn] + skip[turn]) % size;
            }
            slots[(int) slot[turn]] = (char) order[turn];
        }
        return new MaglevTable(slots);
    }

    /** The slot that the hash falls to. */
    public int slot(long hash) {
        return (int) Long.remainderUnsigned(hash, slots.length);
    }

    /** The host in the slot, as an index into the addresses. */
    public int owner(int slot) {
        return slots[slot];
    }

    /** How many slots there are. */
    public int size() {
        return slots.length;
    }
}
