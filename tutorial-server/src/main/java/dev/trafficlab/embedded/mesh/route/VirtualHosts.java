package dev.trafficlab.embedded.mesh.route;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The virtual hosts of one port, found by the Host header: its exact name, else the longest suffix, else {@code *}. Envoy: router/config_impl.cc. */
public final class VirtualHosts {

    private final @Nullable VirtualHost[] exact;
    private final List<VirtualHost> suffixes;
    private final @Nullable VirtualHost any;
    private final List<VirtualHost> all;

    /** The hosts, of which no two have the same domain. */
    public VirtualHosts(Collection<VirtualHost> hosts) {
        all = List.copyOf(hosts);
        suffixes = all.stream()
                .filter(host -> host.domain().startsWith("*."))
                .sorted(Comparator.comparing((VirtualHost host) -> host.domain().length()).reversed())
                .toList();
        any = all.stream().filter(host -> host.domain().equals("*")).findFirst().orElse(null);
        List<VirtualHost> named = all.stream().filter(host -> !host.domain().startsWith("*")).toList();
        exact = new VirtualHost[named.isEmpty() ? 0 : Integer.highestOneBit(named.size() * 2) * 2];
        named.forEach(this::file);
    }

    private void file(VirtualHost host) {
        int slot = hash(host.domain(), host.domain().length()) & exact.length - 1;
        while (exact[slot] != null) {
            slot = slot + 1 & exact.length - 1;
        }
        exact[slot] = host;
    }

    /** All of them. */
    public List<VirtualHost> all() {
        return all;
    }

    /** The one that answers for the Host header, whatever its case and port; null when there is none. */
    @Nullable
    VirtualHost find(String authority) {
        int end = nameEnd(authority);
        if (exact.length > 0) {
            int slot = hash(authority, end) & exact.length - 1;
            for (VirtualHost host = exact[slot]; host != null; host = exact[slot]) {
                if (host.domain().length() == end && authority.regionMatches(true, 0, host.domain(), 0, end)) {
                    return host;
                }
                slot = slot + 1 & exact.length - 1;
            }
        }
        for (int i = 0; i < suffixes.size(); i++) {
            VirtualHost host = suffixes.get(i);
            int length = host.domain().length() - 1;
            if (end > length && authority.regionMatches(true, end - length, host.domain(), 1, length)) {
                return host;
            }
        }
        return any;
    }

    /** How much of a Host header is the name: all but the port. */
    public static int nameEnd(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 || authority.indexOf(']') > colon ? authority.length() : colon;
    }

    private static int hash(String text, int end) {
        int hash = 0;
        for (int i = 0; i < end; i++) {
            char letter = text.charAt(i);
            hash = 31 * hash + (letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
        }
        return hash ^ hash >>> 16;
    }
}
