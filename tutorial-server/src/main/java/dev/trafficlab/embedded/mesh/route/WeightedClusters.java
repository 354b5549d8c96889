package dev.trafficlab.embedded.mesh.route;

import java.util.List;

import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;

/**
 * Where a route leads: one cluster, or several with weights.
 *
 * @param list in the order of the rule, those of weight 0 left out
 * @param total sum of the weights
 */
public record WeightedClusters(List<Destination> list, int total) {

    public WeightedClusters {
        list = List.copyOf(list);
    }

    /**
     * One of them.
     *
     * @param cluster where it leads
     * @param weight its weight, 1 where it is the only one
     * @param from the first roll that is its own
     * @param to the first roll that is not
     * @param authority the Host that it alone wants to see, empty for none
     * @param request changes to the request for it alone
     * @param response changes to its answers
     */
    public record Destination(UpstreamCluster cluster, int weight, int from, int to, String authority,
            HeaderOps request,
            HeaderOps response) {}

    /** Whether dice are needed. */
    public boolean weighted() {
        return list.size() > 1;
    }

    /** The index of the destination that owns the roll, a number from 0 up to the total. */
    int owner(long roll) {
        int last = list.size() - 1;
        for (int i = 0; i < last; i++) {
            if (roll < list.get(i).to()) {
                return i;
            }
        }
        return last;
    }
}
