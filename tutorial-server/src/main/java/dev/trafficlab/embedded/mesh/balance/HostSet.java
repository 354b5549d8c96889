package dev.trafficlab.embedded.mesh.balance;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The hosts that a balancer may choose from, and what it has derived from them, made when first asked for. */
public final class HostSet {

    static final HostSet EMPTY = new HostSet(List.of());

    private final List<Host> hosts;
    private volatile @Nullable HashRing ring;
    private volatile @Nullable MaglevTable maglev;

    HostSet(List<Host> hosts) {
        this.hosts = List.copyOf(hosts);
    }

    /** How many hosts there are. */
    public int size() {
        return hosts.size();
    }

    /** The host at the index. */
    public Host get(int index) {
        return hosts.get(index);
    }

    /** All of them. */
    public List<Host> hosts() {
        return hosts;
    }

    /** Their ring. */
    public HashRing ring(long minimumSize) {
        HashRing known = ring;
        if (known == null) {
            known = HashRing.of(addresses(), minimumSize);
            ring = known;
        }
        return known;
    }

    /** Their Maglev table. */
    public MaglevTable maglev(int size) {
        MaglevTable known = maglev;
        if (known == null) {
            known = MaglevTable.of(addresses(), size);
            maglev = known;
        }
        return known;
    }

    private List<String> addresses() {
        return hosts.stream().map(host -> host.endpoint().address()).toList();
    }
}
