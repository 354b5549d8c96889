package dev.trafficlab.embedded.controller.network;

import java.util.BitSet;

/** Addresses of a range, handed out one after the other so that one just given back is not soon reused. */
public final class AddressPool {

    private final int base;
    private final int size;
    private final BitSet taken = new BitSet();
    private int next;

    /** @param first the first address that may be handed out */
    public AddressPool(String first, int size) {
        this.base = number(first);
        this.size = size;
    }

    public synchronized String allocate() {
        int offset = taken.nextClearBit(next);
        if (offset >= size) {
            offset = taken.nextClearBit(0);
        }
        if (offset >= size) {
            throw new IllegalStateException("all " + size + " addresses from " + text(base) + " on are taken");
        }
        taken.set(offset);
        next = offset + 1;
        return text(base + offset);
    }

    /** Marks an address as taken; false when it was already, or is none of this range. */
    public synchronized boolean claim(String address) {
        int offset = offset(address);
        if (offset < 0 || taken.get(offset)) {
            return false;
        }
        taken.set(offset);
        next = Math.max(next, offset + 1);
        return true;
    }

    public synchronized void release(String address) {
        int offset = offset(address);
        if (offset >= 0) {
            taken.clear(offset);
        }
    }

    private int offset(String address) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return -1;
        }
        int offset = number(address) - base;
        return offset < size ? offset : -1;
    }

    private static int number(String address) {
        int number = 0;
        for (String part : address.split("\\.", -1)) {
            number = (number << 8) | Integer.parseInt(part);
        }
        return number;
    }

    private static String text(int number) {
        return (number >>> 24) + "." + (number >>> 16 & 0xff) + "." + (number >>> 8 & 0xff) + "." + (number & 0xff);
    }
}
