package dev.trafficlab.embedded.mesh;

import java.util.HashMap;
import java.util.Map;

import dev.trafficlab.embedded.mesh.balance.HashRing;

/** How much of a ring each host owns. */
final class RingShares {

    private static final double WHOLE = Math.pow(2, 64);

    private RingShares() {}

    /** Shares by the host's index. */
    static Map<Integer, Double> of(HashRing ring) {
        Map<Integer, Double> shares = new HashMap<>();
        for (int entry = 0; entry < ring.size(); entry++) {
            // Unsigned subtraction wraps around, as the ring does.
            long stretch = ring.position(entry) - ring.position((entry + ring.size() - 1) % ring.size());
            double length = stretch >= 0 ? stretch : stretch + WHOLE;
            shares.merge(ring.owner(entry), length / WHOLE, Double::sum);
        }
        return shares;
    }
}
