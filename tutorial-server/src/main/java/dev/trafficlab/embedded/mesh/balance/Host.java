package dev.trafficlab.embedded.mesh.balance;

import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/** An endpoint in one cluster, with what the cluster counts about it. Its counts outlive a recompilation. Safe for any number of threads. */
public final class Host {

    private final Endpoint endpoint;
    private final AtomicInteger active = new AtomicInteger();
    private @Nullable Health health;

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

    /** Its health, made when outlier detection first asks for it. Guarded by its cluster's lock. */
    Health health() {
        Health known = health;
        if (known == null) {
            known = new Health();
            health = known;
        }
        return known;
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
