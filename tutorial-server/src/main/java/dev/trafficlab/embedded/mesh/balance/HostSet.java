package dev.trafficlab.embedded.mesh.balance;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/** The hosts that a balancer may choose from, and what it has derived from them, made when first asked for. */
public final class HostSet {

    static final HostSet EMPTY = new HostSet(List.of());

    private final List<Host> hosts;
    private volatile @Nullable CompletableFuture<HashRing> ring;
    private volatile @Nullable CompletableFuture<MaglevTable> maglev;

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
        CompletableFuture<HashRing> known = ring;
        return (known == null ? firstRing(minimumSize) : known).join();
    }

    /** However many requests come before it is there, it is built once. */
    private synchronized CompletableFuture<HashRing> firstRing(long minimumSize) {
        CompletableFuture<HashRing> known = ring;
        if (known == null) {
            known = TableBuilder.build(minimumSize, () -> HashRing.of(addresses(), minimumSize));
            ring = known;
        }
        return known;
    }

    /** Their Maglev table. */
    public MaglevTable maglev(int size) {
        CompletableFuture<MaglevTable> known = maglev;
        return (known == null ? firstMaglev(size) : known).join();
    }

    private synchronized CompletableFuture<MaglevTable> firstMaglev(int size) {
        CompletableFuture<MaglevTable> known = maglev;
        if (known == null) {
            known = TableBuilder.build(size, () -> MaglevTable.of(addresses(), size));
            maglev = known;
        }
        return known;
    }

    private List<String> addresses() {
        return hosts.stream().map(host -> host.endpoint().address()).toList();
    }
}
