package dev.trafficlab.embedded.mesh.balance;

/** The figures of one request's choice of a host: the hash goes in, the rest comes out, to be told later. For one thread. */
public final class HostSelection {

    /** Whether the request has a hash. */
    public boolean hashed;

    /** The request's hash, where it has one. */
    public long hash;

    /** The first host looked at (least request), or the one chosen. */
    public int first;

    /** The second host looked at (least request). */
    public int second;

    /** The active requests of the first. */
    public int firstActive;

    /** The active requests of the second. */
    public int secondActive;

    /** The entry of the ring or the slot of the table, where one was used. */
    public int position;

    /** The hash that the ring or table was asked with: the request's own, or a random one. */
    public long used;

    /** The hosts that were to choose from. */
    public HostSet from = HostSet.EMPTY;

    /** For the next request. */
    public void reset() {
        hashed = false;
        hash = 0;
        from = HostSet.EMPTY;
    }
}
