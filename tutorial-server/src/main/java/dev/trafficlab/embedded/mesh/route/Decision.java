package dev.trafficlab.embedded.mesh.route;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.embedded.mesh.balance.Host;
import dev.trafficlab.embedded.mesh.balance.HostSelection;

/**
 * The way of one request through a table: virtual host, route, the weighted draw and the host, with the figures that explain them.
 * Filled step by step in Envoy's order, without locks and without garbage. For one thread; may be used again.
 */
public final class Decision {

    /** How far the search for a route came. */
    public enum Outcome {
        /** No virtual host answers for the Host header. */
        NO_VIRTUAL_HOST,
        /** Its virtual host redirects everything to https. */
        HTTPS_ONLY,
        /** None of its routes matched. */
        NO_ROUTE,
        /** A route was found. */
        ROUTED
    }

    private final HostSelection pick = new HostSelection();
    private @Nullable VirtualHost virtualHost;
    private @Nullable Route route;
    private int routeIndex;
    private WeightedClusters.@Nullable Destination destination;
    private int destinationIndex;
    private long roll;
    private @Nullable Host host;

    /**
     * Finds virtual host and route, and draws the destination.
     *
     * @param caller labels of the pod that the proxy speaks for; empty for a gateway
     */
    public Outcome route(VirtualHosts hosts, RequestHead head, Map<String, String> caller, RandomGenerator dice) {
        VirtualHost found = hosts.find(head.authority());
        if (found == null) {
            return Outcome.NO_VIRTUAL_HOST;
        }
        return route(found, head, caller, dice);
    }

    /** The same within a virtual host that is already known. */
    public Outcome route(VirtualHost known, RequestHead head, Map<String, String> caller, RandomGenerator dice) {
        virtualHost = known;
        pick.reset();
        if (known.httpsOnly()) {
            return Outcome.HTTPS_ONLY;
        }
        List<Route> routes = known.routes();
        for (int i = 0; i < routes.size(); i++) {
            Route candidate = routes.get(i);
            if (candidate.match().matches(head, caller)) {
                route = candidate;
                routeIndex = i;
                draw(candidate, dice);
                return Outcome.ROUTED;
            }
        }
        routeIndex = routes.size();
        return Outcome.NO_ROUTE;
    }

    private void draw(Route chosen, RandomGenerator dice) {
        if (chosen.action() instanceof RouteAction.Forward forward) {
            WeightedClusters destinations = forward.destinations();
            roll = destinations.weighted() ? Long.remainderUnsigned(dice.nextLong(), destinations.total()) : 0;
            destinationIndex = destinations.owner(roll);
            destination = destinations.list().get(destinationIndex);
        }
    }

    /** Hashes what the route's policies hash. */
    public void hash(RouteAction.Forward forward, RequestHead head) {
        List<HashPolicy> policies = forward.hashPolicies();
        for (int i = 0; i < policies.size(); i++) {
            policies.get(i).hash(head, pick);
        }
    }

    /**
     * Chooses a host of the drawn destination; false when none is in health.
     *
     * @param attempt 0, and one more each time that a retry does not like the choice
     */
    public boolean chooseHost(RandomGenerator dice, InstantSource clock, int attempt) {
        int index = destination().cluster().pick(pick, dice, attempt, clock);
        if (index < 0) {
            return false;
        }
        host = pick.from.get(index);
        return true;
    }

    /** The virtual host found. */
    public VirtualHost virtualHost() {
        return Objects.requireNonNull(virtualHost);
    }

    /** The route found. */
    public Route route() {
        return Objects.requireNonNull(route);
    }

    /** Its place among the virtual host's routes; their number when none matched. */
    public int routeIndex() {
        return routeIndex;
    }

    /** The destination drawn, for a route that forwards. */
    public WeightedClusters.Destination destination() {
        return Objects.requireNonNull(destination);
    }

    /** Its place among the route's destinations. */
    public int destinationIndex() {
        return destinationIndex;
    }

    /** What the dice said, from 0 up to the sum of the weights. */
    public long roll() {
        return roll;
    }

    /** The host last chosen. */
    public Host host() {
        return Objects.requireNonNull(host);
    }

    /** The figures of its choice. */
    public HostSelection pick() {
        return pick;
    }
}
