package dev.trafficlab.embedded.mesh.balance;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * A set of hosts to choose from: a Service's port, or a subset of it. One that does not exist has a reason instead of hosts. What it
 * counts (rotation, active requests, ejections) outlives a recompilation. Safe for any number of threads.
 */
public final class UpstreamCluster {

    /** A cluster's name: {@code outbound|80|v1|shop.default.svc.cluster.local}. */
    public record Name(String host, int port, String subset) {

        @Override
        public String toString() {
            return "outbound|" + port + "|" + subset + "|" + host;
        }
    }

    /**
     * What a cluster is made of.
     *
     * @param name its name
     * @param subsetLabels the labels of the subset's pods
     * @param balancer how a host is chosen
     * @param balancerName as the learner writes it, e.g. {@code ROUND_ROBIN}
     * @param limits its connection pool's limits
     * @param http2 whether the proxy speaks HTTP/2 to the hosts
     * @param emptyBecause why it has no host although there are pods, as the end of a sentence; empty when there is nothing to tell
     */
    public record Config(Name name, Map<String, String> subsetLabels, LoadBalancer balancer, String balancerName,
            CircuitBreaker.Limits limits, boolean http2, String emptyBecause) {}

    private final Config config;
    private final String missing;
    private final HostSet hosts;
    private final CircuitBreaker breaker;
    private final @Nullable OutlierPolicy outliers;
    private volatile HostSet healthy;
    private volatile long lookAgain = Long.MAX_VALUE;

    private UpstreamCluster(Config config, String missing, HostSet hosts, CircuitBreaker breaker,
            @Nullable OutlierPolicy outliers) {
        this.config = config;
        this.missing = missing;
        this.hosts = hosts;
        this.healthy = hosts;
        this.breaker = breaker;
        this.outliers = outliers;
    }

    /** The cluster that a route names, but that does not exist, and why. */
    public static UpstreamCluster missing(Name name, String reason) {
        Config config = new Config(name, Map.of(), new LoadBalancer.Uniform(), "", CircuitBreaker.Limits.NONE,
                false, "");
        return new UpstreamCluster(config, reason, HostSet.EMPTY, CircuitBreaker.of(config.limits()), null);
    }

    /** The cluster of the endpoints, going on with what its predecessor has counted. */
    public static UpstreamCluster of(Config config, List<Endpoint> endpoints, Optional<OutlierPolicy> outliers,
            Optional<UpstreamCluster> predecessor) {
        List<Host> hosts = new ArrayList<>(endpoints.size());
        for (Endpoint endpoint : endpoints) {
            hosts.add(predecessor.flatMap(old -> old.host(endpoint)).orElseGet(() -> new Host(endpoint)));
        }
        CircuitBreaker breaker = predecessor.map(old -> old.breaker)
                .filter(old -> old.limits().equals(config.limits()))
                .orElseGet(() -> CircuitBreaker.of(config.limits()));
        HostSet set = predecessor.filter(old -> old.hosts.hosts().equals(hosts))
                .filter(old -> old.sameHashing(config))
                .map(old -> old.hosts)
                .orElseGet(() -> new HostSet(hosts));
        UpstreamCluster cluster = new UpstreamCluster(config, "", set, breaker, outliers.orElse(null));
        if (outliers.isPresent()) {
            cluster.sortOut();
        }
        return cluster;
    }

    private boolean sameHashing(Config other) {
        return config.balancer().equals(other.balancer());
    }

    private Optional<Host> host(Endpoint endpoint) {
        return hosts.hosts().stream().filter(host -> host.endpoint().equals(endpoint)).findFirst();
    }

    /** Its name. */
    public Name name() {
        return config.name();
    }

    /** What it is made of. */
    public Config config() {
        return config;
    }

    /** Why there is no such cluster, empty when there is. */
    public String missing() {
        return missing;
    }

    /** All its hosts, ejected ones included. */
    public HostSet hosts() {
        return hosts;
    }

    /** What limits its use. */
    public CircuitBreaker breaker() {
        return breaker;
    }

    /**
     * Chooses a host.
     *
     * @param attempt 0, and one more each time that a retry does not like the choice
     * @return an index into {@link HostSelection#from}, or -1 when no host is in health
     */
    public int pick(HostSelection pick, RandomGenerator dice, int attempt, InstantSource clock) {
        if (lookAgain != Long.MAX_VALUE && clock.millis() >= lookAgain) {
            readmit(clock.millis());
        }
        HostSet from = healthy;
        pick.from = from;
        return from.size() == 0 ? -1 : config.balancer().choose(from, pick, dice, attempt);
    }

    /** Tells how a request to the host went: its status, or that there was no answer (503 or 504 then). */
    public void report(Host host, int status, boolean answered, InstantSource clock) {
        OutlierPolicy policy = outliers;
        if (policy != null) {
            count(policy, host, status, answered, clock.millis());
        }
    }

    private synchronized void count(OutlierPolicy policy, Host host, int status, boolean answered, long now) {
        Host.Health health = host.health();
        boolean eject;
        if (!answered && policy.splitLocal()) {
            eject = ++health.localErrors == policy.localErrors();
        } else if (status < 500) {
            health.errors = 0;
            health.gatewayErrors = 0;
            health.localErrors = 0;
            return;
        } else {
            boolean gateway = status == 502 || status == 503 || status == 504;
            health.gatewayErrors = gateway ? health.gatewayErrors + 1 : 0;
            health.errors++;
            eject = health.errors == policy.errors() || health.gatewayErrors == policy.gatewayErrors();
        }
        if (eject && !health.ejected && mayEject(policy)) {
            health.ejected = true;
            health.since = now;
            health.ejections++;
            sortOut();
        }
    }

    private boolean mayEject(OutlierPolicy policy) {
        long out = hosts.hosts().stream().filter(host -> host.health().ejected).count();
        return 100.0 * (out + 1) / hosts.size() <= policy.maxEjectionPercent();
    }

    private synchronized void readmit(long now) {
        OutlierPolicy policy = outliers;
        if (policy == null) {
            return;
        }
        for (Host host : hosts.hosts()) {
            Host.Health health = host.health();
            if (health.ejected && now >= health.since + policy.ejectionMillis(health.ejections)) {
                health.ejected = false;
                health.errors = 0;
                health.gatewayErrors = 0;
                health.localErrors = 0;
            }
        }
        sortOut();
    }

    private synchronized void sortOut() {
        OutlierPolicy policy = outliers;
        if (policy == null) {
            return;
        }
        List<Host> fit = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Host host : hosts.hosts()) {
            Host.Health health = host.health();
            if (health.ejected) {
                next = Math.min(next, health.since + policy.ejectionMillis(health.ejections));
            } else {
                fit.add(host);
            }
        }
        boolean panic = 100.0 * fit.size() / Math.max(1, hosts.size()) < policy.minHealthPercent();
        healthy = panic || fit.size() == hosts.size() ? hosts : new HostSet(fit);
        lookAgain = next;
    }
}
