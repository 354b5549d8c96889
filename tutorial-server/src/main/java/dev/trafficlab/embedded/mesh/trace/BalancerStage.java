package dev.trafficlab.embedded.mesh.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.trafficlab.embedded.mesh.IstioVersion;
import dev.trafficlab.embedded.mesh.RoutingTrace.Outcome;
import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.embedded.mesh.balance.HashRing;
import dev.trafficlab.embedded.mesh.balance.HostSelection;
import dev.trafficlab.embedded.mesh.balance.HostSet;
import dev.trafficlab.embedded.mesh.balance.LoadBalancer;
import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.proxy.Exchange;
import dev.trafficlab.embedded.mesh.route.HashPolicy;
import dev.trafficlab.embedded.mesh.route.RouteAction.Forward;

/** Tells why the load balancer chose a pod. */
public final class BalancerStage {

    private BalancerStage() {}

    public static Stage of(Exchange exchange, Forward forward, IstioVersion version) {
        UpstreamCluster cluster = exchange.decision().destination().cluster();
        HostSelection pick = exchange.decision().pick();
        String pod = exchange.decision().host().endpoint().pod();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("load balancer", cluster.config().balancerName());
        facts.put("pods to choose from", String.valueOf(pick.from.size()));
        String reason = switch (cluster.config().balancer()) {
            case LoadBalancer.RoundRobin _ -> "It is " + pod + "'s turn: ROUND_ROBIN goes from pod to pod.";
            case LoadBalancer.Uniform _ -> cluster.config().balancerName() + " chose " + pod + ", as any other.";
            case LoadBalancer.LeastRequest _ -> leastRequest(pick, pod, facts, version);
            case LoadBalancer.RingHash ring -> ringHash(ring, exchange, forward, pod, facts);
            case LoadBalancer.Maglev maglev -> maglev(maglev, exchange, forward, pod, facts);
        };
        return new Stage("load balancer", Outcome.PASSED, reason, Collections.unmodifiableMap(facts));
    }

    private static String leastRequest(HostSelection pick, String pod, Map<String, String> facts,
            IstioVersion version) {
        HostSet from = pick.from;
        String first = from.get(pick.first).endpoint().pod();
        String second = from.get(pick.second).endpoint().pod();
        facts.put("first pick", first + ", " + pick.firstActive + " active");
        facts.put("second pick", second + ", " + pick.secondActive + " active");
        facts.put("default", "LEAST_REQUEST since Istio 1.14, ROUND_ROBIN before (1.2 too); this is " + version);
        if (from.size() == 1) {
            return pod + " is the only pod to choose.";
        }
        String compared = pick.secondActive < pick.firstActive ? "fewer requests under way"
                : "no more requests under way";
        return "LEAST_REQUEST picked " + first + " and " + second + " at random and took " + pod + ", which has "
                + compared
                + ".";
    }

    private static String ringHash(LoadBalancer.RingHash balancer, Exchange exchange, Forward forward, String pod,
            Map<String, String> facts) {
        HostSelection pick = exchange.decision().pick();
        HashRing ring = pick.from.ring(balancer.minimumSize());
        facts.put("ring size", String.valueOf(ring.size()));
        hashFacts(exchange, forward, facts);
        facts.put("entry on the ring", String.valueOf(pick.position));
        facts.put("position of the entry", Long.toUnsignedString(ring.position(pick.position)));
        return pick.hashed
                ? "The hash of " + subjects(forward) + " falls to an entry of " + pod
                        + " on the ring, as it always does."
                : "The request has no " + bare(forward) + " to hash, so a random place on the ring decided: " + pod
                        + ".";
    }

    private static String maglev(LoadBalancer.Maglev balancer, Exchange exchange, Forward forward, String pod,
            Map<String, String> facts) {
        HostSelection pick = exchange.decision().pick();
        facts.put("table size", String.valueOf(balancer.tableSize()));
        hashFacts(exchange, forward, facts);
        facts.put("slot", String.valueOf(pick.position));
        return pick.hashed
                ? "The hash of " + subjects(forward) + " falls to a slot of " + pod
                        + " in the Maglev table, as it always does."
                : "The request has no " + bare(forward) + " to hash, so a random slot decided: " + pod + ".";
    }

    private static void hashFacts(Exchange exchange, Forward forward, Map<String, String> facts) {
        for (HashPolicy policy : forward.hashPolicies()) {
            facts.put(policy.subject(), policy.key(exchange.head()).orElse("absent"));
        }
        if (!exchange.newCookie().isEmpty()) {
            facts.put("new cookie", exchange.newCookie());
        }
        facts.put("hash", Long.toUnsignedString(exchange.decision().pick().used));
    }

    private static String subjects(Forward forward) {
        return forward.hashPolicies().stream().map(HashPolicy::subject).distinct().collect(Collectors.joining(" and "));
    }

    private static String bare(Forward forward) {
        String subjects = subjects(forward);
        return subjects.isEmpty() ? "key" : subjects.replace("the ", "");
    }
}
