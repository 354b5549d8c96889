package dev.trafficlab.embedded.mesh.balance;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** How one of several hosts is chosen. Safe for any number of threads; never allocates. Envoy: load_balancing_policies. */
public sealed interface LoadBalancer {

    /**
     * Chooses among the hosts, of which there is at least one.
     *
     * @param attempt 0, and one more each time that a retry does not like the choice
     * @return an index into the hosts
     */
    int choose(HostSet hosts, HostSelection pick, RandomGenerator dice, int attempt);

    /** Whether it looks at the request's hash. */
    default boolean hashes() {
        return false;
    }

    /** One after the other, from a random start. */
    record RoundRobin(AtomicInteger next) implements LoadBalancer {

        /** A rotation that starts anywhere, as every Envoy's does. */
        public static RoundRobin from(RandomGenerator dice) {
            return new RoundRobin(new AtomicInteger(dice.nextInt()));
        }

        @Override
        public int choose(HostSet hosts, HostSelection pick, RandomGenerator dice, int attempt) {
            pick.first = Integer.remainderUnsigned(next.getAndIncrement(), hosts.size());
            return pick.first;
        }
    }

    /** Any, all alike. */
    record Uniform() implements LoadBalancer {

        @Override
        public int choose(HostSet hosts, HostSelection pick, RandomGenerator dice, int attempt) {
            pick.first = (int) Long.remainderUnsigned(dice.nextLong(), hosts.size());
            return pick.first;
        }
    }

    /** Two at random, with replacement; of these the one with fewer active requests, the first when they are even. */
    record LeastRequest() implements LoadBalancer {

        @Override
        public int choose(HostSet hosts, HostSelection pick, RandomGenerator dice, int attempt) {
            pick.first = (int) Long.remainderUnsigned(dice.nextLong(), hosts.size());
            pick.second = (int) Long.remainderUnsigned(dice.nextLong(), hosts.size());
            pick.firstActive = hosts.get(pick.first).active();
            pick.secondActive = hosts.get(pick.second).active();
            return pick.secondActive < pick.firstActive ? pick.second : pick.first;
        }
    }

    /** The owner of the request's place on the ring; anywhere on it for a request without hash. */
    record RingHash(long minimumSize) implements LoadBalancer {

        @Override
        public boolean hashes() {
            return true;
        }

        @Override
        public int choose(HostSet hosts, HostSelection pick, RandomGenerator dice, int attempt) {
            HashRing ring = hosts.ring(minimumSize);
            pick.used = pick.hashed ? pick.hash : dice.nextLong();
            pick.position = (ring.entry(pick.used) + attempt) % ring.size();
            pick.first = ring.owner(pick.position);
            return pick.first;
        }
    }

    /** The owner of the request's slot of the table; any slot's for a request without hash. */
    record Maglev(int tableSize) implements LoadBalancer {

        @Override
        public boolean hashes() {
            return true;
        }

        @Override
        public int choose(HostSet hosts, HostSelection pick, RandomGenerator dice, int attempt) {
            MaglevTable table = hosts.maglev(tableSize);
            long hash = pick.hashed ? pick.hash : dice.nextLong();
            pick.used = attempt == 0 ? hash : hash ^ (-1L - attempt + 1);
            pick.position = table.slot(pick.used);
            pick.first = table.owner(pick.position);
            return pick.first;
        }
    }
}
