package dev.trafficlab.embedded.mesh.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.trafficlab.embedded.mesh.IstioVersion;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.RoutingTrace;
import dev.trafficlab.embedded.mesh.RoutingTrace.Outcome;
import dev.trafficlab.embedded.mesh.RoutingTrace.Stage;
import dev.trafficlab.embedded.mesh.balance.Endpoint;
import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.proxy.Attempt;
import dev.trafficlab.embedded.mesh.proxy.Exchange;
import dev.trafficlab.embedded.mesh.proxy.TraceListener;
import dev.trafficlab.embedded.mesh.route.Decision;
import dev.trafficlab.embedded.mesh.route.Route;
import dev.trafficlab.embedded.mesh.route.RouteAction.Forward;
import dev.trafficlab.embedded.mesh.route.RouteTable;
import dev.trafficlab.embedded.mesh.route.WeightedClusters;

/** Writes down what happens to one request, in plain sentences with their figures. For one thread. */
public final class TraceWriter implements TraceListener {

    private static final int MOST_MISSES = 3;

    private final List<Stage> stages = new ArrayList<>();
    private final IstioVersion version;
    private List<RouteTable.NearMiss> misses = List.of();

    public TraceWriter(IstioVersion version) {
        this.version = version;
    }

    public RoutingTrace finish(MeshAnswer answer) {
        if (answer instanceof MeshAnswer.ConnectionRefused refused) {
            add(stages.isEmpty() ? "listener" : "upstream", Outcome.ENDED, refused.reason(), Map.of());
        } else if (stages.stream().noneMatch(stage -> stage.name().equals("answer"))) {
            answered(answer);
        }
        return new RoutingTrace(stages);
    }

    private void add(String name, Outcome outcome, String reason, Map<String, String> facts) {
        stages.add(new Stage(name, outcome, reason, Collections.unmodifiableMap(new LinkedHashMap<>(facts))));
    }

    private static Map<String, String> facts(Object... namesAndValues) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            facts.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
        }
        return facts;
    }

    @Override
    public void entered(RouteTable.Listener listener) {
        misses = listener.misses();
        add("listener", Outcome.PASSED, "The ingress gateway listens on port " + listener.port() + ".",
                facts("port", listener.port(), "port in the gateway's pod", listener.boundPort()));
        String names = listener.gateways()
                .stream()
                .map(name -> name.substring(name.indexOf('/') + 1))
                .collect(Collectors.joining(" and "));
        add("gateway", Outcome.PASSED, "Gateway " + names + " opened this port for HTTP.",
                facts("gateways", String.join(", ", listener.gateways())));
    }

    @Override
    public void called(RouteTable.Pod pod, String service, String how) {
        add("sidecar", Outcome.PASSED, "Pod " + pod.name() + " calls " + service + " and " + how + ".",
                facts("pod", pod.name(), "sidecar", pod.sidecar() ? "yes" : "no"));
    }

    @Override
    public void routed(Exchange exchange, Decision.Outcome outcome) {
        Decision decision = exchange.decision();
        String authority = exchange.head().authority();
        switch (outcome) {
            case NO_VIRTUAL_HOST -> add("virtual host", Outcome.ENDED,
                    "No route is meant for Host " + authority + ": no VirtualService is bound to this Gateway for it."
                            + nearest(true),
                    facts("host", authority));
            case HTTPS_ONLY -> add("virtual host", Outcome.ENDED,
                    "The Gateway redirects everything for " + decision.virtualHost().domain() + " to https.",
                    facts("host", authority));
            case NO_ROUTE, ROUTED -> {
                add("virtual host", Outcome.PASSED, virtualHost(exchange),
                        facts("host", authority, "domain", decision.virtualHost().domain()));
                routes(exchange, outcome);
            }
        }
    }

    /** What may have been meant: VirtualServices that are not bound here and, if asked for, those for other hosts. */
    private String nearest(boolean otherHosts) {
        return misses.stream()
                .filter(miss -> otherHosts || !miss.bound())
                .sorted(Comparator.comparing(RouteTable.NearMiss::bound))
                .limit(MOST_MISSES)
                .map(miss -> " " + miss.reason())
                .collect(Collectors.joining());
    }

    private static String virtualHost(Exchange exchange) {
        String domain = exchange.decision().virtualHost().domain();
        String authority = exchange.head().authority();
        if (domain.equals("*")) {
            return "Host " + authority + " is answered by the routes for any host (*).";
        }
        return domain.startsWith("*")
                ? "Host " + authority + " ends in " + domain.substring(1) + ", so the routes for " + domain + " answer."
                : "The routes for " + domain + " answer.";
    }

    private void routes(Exchange exchange, Decision.Outcome outcome) {
        Decision decision = exchange.decision();
        List<Route> routes = decision.virtualHost().routes();
        for (int i = 0; i < decision.routeIndex(); i++) {
            Route route = routes.get(i);
            route.match()
                    .mismatch(exchange.head(), exchange.side().labels())
                    .ifPresent(why -> add("route", Outcome.SKIPPED, capital(route.origin() + " does not match: " + why
                            + "."),
                            facts("path", exchange.head().path())));
        }
        if (outcome == Decision.Outcome.NO_ROUTE) {
            add("route", Outcome.ENDED, "No route matched." + nearest(false), facts("routes tried", routes.size()));
            return;
        }
        Route route = decision.route();
        String how = route.match().isCatchAll() ? " takes every request that comes to it." : " matches.";
        add("route", Outcome.PASSED, capital(route.origin() + how), facts("path", exchange.head().path()));
        if (route.action() instanceof Forward forward) {
            weights(decision, forward.destinations());
        }
    }

    private void weights(Decision decision, WeightedClusters destinations) {
        String chosen = label(decision.destination().cluster());
        if (!destinations.weighted()) {
            add("weights", Outcome.PASSED, "There is one destination, so no dice are needed: " + chosen + ".", Map
                    .of());
            return;
        }
        Map<String, String> facts = facts("roll", decision.roll(), "sum of weights", destinations.total());
        for (WeightedClusters.Destination one : destinations.list()) {
            facts.put(label(one.cluster()), one.from() + " to " + (one.to() - 1));
        }
        WeightedClusters.Destination own = decision.destination();
        add("weights", Outcome.PASSED, "The dice rolled " + decision.roll() + " out of 0 to " + (destinations.total()
                - 1)
                + ", and " + own.from() + " to " + (own.to() - 1) + " belongs to " + chosen + ".", facts);
    }

    /** A destination as the learner calls it: its subset, else its Service. */
    private static String label(UpstreamCluster cluster) {
        String subset = cluster.name().subset();
        String host = cluster.name().host();
        int dot = host.indexOf('.');
        return subset.isEmpty() ? (dot < 0 ? host : host.substring(0, dot)) : subset;
    }

    @Override
    public void rewritten(String what, String before, String after) {
        add("rewrite", Outcome.PASSED, "The rule rewrites the " + what + ": " + before + " becomes " + after + ".",
                facts("before", before, "after", after));
    }

    @Override
    public void did(String stage, String reason) {
        add(stage, Outcome.PASSED, capital(reason), Map.of());
    }

    @Override
    public void looked(Exchange exchange) {
        UpstreamCluster cluster = exchange.decision().destination().cluster();
        if (!cluster.missing().isEmpty()) {
            add("subset", Outcome.ENDED, "The destination does not exist: " + cluster.missing() + ".",
                    facts("cluster", cluster.name()));
            return;
        }
        String who = cluster.name().subset().isEmpty()
                ? "Service " + label(cluster)
                : "Subset " + cluster.name().subset() + " (" + labels(cluster.config().subsetLabels()) + ")";
        int size = cluster.hosts().size();
        String reason = who + (size == 0 ? " has no ready pod" + cluster.config().emptyBecause() + "."
                : " has " + size + (size == 1 ? " ready pod." : " ready pods."));
        Map<String, String> facts = facts("cluster", cluster.name());
        cluster.hosts().hosts().forEach(host -> facts.put(host.endpoint().pod(), host.endpoint().address()));
        add("subset", size == 0 ? Outcome.ENDED : Outcome.PASSED, reason, facts);
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? "any label"
                : labels.entrySet()
                        .stream()
                        .map(label -> label.getKey() + ": " + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    @Override
    public void picked(Exchange exchange, Forward forward) {
        stages.add(BalancerStage.of(exchange, forward, version));
    }

    @Override
    public void tried(Endpoint endpoint, Attempt attempt) {
        String outcome = switch (attempt) {
            case Attempt.Replied replied -> " answered with status " + replied.response().status() + ".";
            case Attempt.Refused _ -> " takes no connection on port " + endpoint.port() + ".";
            case Attempt.Reset _ -> " broke the connection.";
            case Attempt.ProtocolError _ ->
                " does not speak HTTP/2, which the name or appProtocol of the Service's port, "
                        + "or the DestinationRule's h2UpgradePolicy, has the proxy speak to it.";
            case Attempt.TimedOut _ -> " did not answer within the time for one try.";
            case Attempt.OutOfTime _ -> " did not answer before the rule's timeout.";
            case Attempt.Overflow _ -> " was not asked: the connection pool of its DestinationRule is full.";
        };
        add("upstream", attempt instanceof Attempt.Replied ? Outcome.PASSED : Outcome.SKIPPED,
                "Pod " + endpoint.pod() + outcome, facts("pod", endpoint.pod(), "address", endpoint.address()));
    }

    @Override
    public void answered(MeshAnswer answer) {
        if (answer instanceof MeshAnswer.Answered answered) {
            int status = answered.response().status();
            String flags = answered.flags().isEmpty() ? "none" : String.join(",", answered.flags());
            String reason = answered.upstream()
                    .map(pod -> "The client gets the answer of " + pod.pod() + ", status "
                            + status + ".")
                    .orElse("The proxy itself answers with status " + status + Flags.meaning(answered.flags()) + ".");
            add("answer", answered.upstream().isPresent() ? Outcome.PASSED : Outcome.ENDED, reason,
                    facts("status", status, "response flags", flags));
        }
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
