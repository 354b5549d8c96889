package dev.trafficlab.gateway.connector;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A loopback address for each lab that asks for one, so that any Host header is free for its mesh to judge. Linux and Windows answer on
 * all of 127.0.0.0/8 without being told to; macOS on 127.0.0.1 alone, so there labs have none. Safe for any number of threads.
 */
public final class LoopbackAddresses {

    private static final int FIRST = 127 << 24 | 1 << 16;
    private static final int COUNT = 200 << 16;

    private final boolean available;
    private final Map<String, String> labsByAddress = new ConcurrentHashMap<>();
    private volatile boolean used;

    /** @param available whether this server is reached at every loopback address */
    public LoopbackAddresses(boolean available) {
        this.available = available;
    }

    /** Where this server listens on all loopback addresses, as far as the platform and its own address tell. */
    public static LoopbackAddresses of(Optional<InetAddress> listening) {
        boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return new LoopbackAddresses(linux && listening.map(InetAddress::isAnyLocalAddress).orElse(true));
    }

    /** Whether any lab has an address. */
    public boolean isUsed() {
        return used;
    }

    /** The lab's address, the same one after every restart unless two labs' names fall together. */
    public Optional<String> address(String lab) {
        if (!available) {
            return Optional.empty();
        }
        used = true;
        int start = Math.floorMod(lab.hashCode() * 0x9E3779B1, COUNT);
        for (int i = 0; i < COUNT; i++) {
            String address = text(FIRST + (start + i) % COUNT);
            if (labsByAddress.computeIfAbsent(address, _ -> lab).equals(lab)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    /** Whose address it is. */
    public Optional<String> lab(String address) {
        return Optional.ofNullable(labsByAddress.get(address));
    }

    /** The lab is gone, and its address free. */
    public void release(String lab) {
        labsByAddress.values().removeIf(lab::equals);
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xFF) + "." + (address >>> 8 & 0xFF) + "." + (address & 0xFF);
    }
}
