package dev.trafficlab.embedded.mesh.balance;

import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint in one cluster, with what the cluster counts about it. Its counts outlive a recompilation. Safe for any number of threads. */
public final class Host {

    private final Endpoint endpoint;
    private final AtomicInteger active = new AtomicInteger();
    private final Health health = new Health();

    Host(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Where it is. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** How many requests it is working on. */
    public int active() {
        return active.get();
    }

    /** A request is on its way to it. */
    public void begin() {
        active.incrementAndGet();
    }

    /** The request is over. */
    public void end() {
        active.decrementAndGet();
    }

    Health health() {
        return health;
    }

    /** What outlier detection knows of a host. Guarded by its cluster's lock. */
    static final class Health {
        int errors;
        int gatewayErrors;
        int localErrors;
        int ejections;
        boolean ejected;
        long since;
    }
}
