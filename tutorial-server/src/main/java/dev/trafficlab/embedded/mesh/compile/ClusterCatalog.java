package dev.trafficlab.embedded.mesh.compile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.mesh.balance.Endpoint;
import dev.trafficlab.embedded.mesh.balance.LoadBalancer;
import dev.trafficlab.embedded.mesh.balance.UpstreamCluster;
import dev.trafficlab.embedded.mesh.model.CompileBudget;
import dev.trafficlab.embedded.mesh.model.DestinationRules.Merged;
import dev.trafficlab.embedded.mesh.model.HostNames;
import dev.trafficlab.embedded.mesh.model.Json;
import dev.trafficlab.embedded.mesh.model.PodView;
import dev.trafficlab.embedded.mesh.model.PushContext;
import dev.trafficlab.embedded.mesh.model.ServiceView;
import dev.trafficlab.embedded.mesh.model.TrafficPolicy;
import dev.trafficlab.embedded.mesh.route.HashPolicy;

/** The clusters that the proxies of one namespace know, each made when a route first names it. */
final class ClusterCatalog {

    /** How a cluster's successor finds it: proxies of different kinds and namespaces count for themselves. */
    record Key(boolean gateway, String namespace, UpstreamCluster.Name name) {}

    private final PushContext inventory;
    private final String namespace;
    private final boolean gateway;
    private final Compiler.Settings settings;
    private final Map<Key, UpstreamCluster> predecessors;
    private final CompileBudget budget;
    private final Map<UpstreamCluster.Name, UpstreamCluster> clusters = new HashMap<>();

    ClusterCatalog(PushContext inventory, String namespace, boolean gateway, Compiler.Settings settings,
            CompileBudget budget, Map<Key, UpstreamCluster> predecessors) {
        this.inventory = inventory;
        this.namespace = namespace;
        this.gateway = gateway;
        this.settings = settings;
        this.budget = budget;
        this.predecessors = predecessors;
    }

    CompileBudget budget() {
        return budget;
    }

    private Key key(UpstreamCluster.Name name) {
        return new Key(gateway, namespace, name);
    }

    /** All clusters made, for their successors. */
    void collect(Map<Key, UpstreamCluster> into) {
        clusters.forEach((name, cluster) -> into.put(key(name), cluster));
    }

    /** The cluster of a route's destination; the port is the listener's where neither destination nor Service decide it. */
    UpstreamCluster of(JsonNode destination, String ruleNamespace, int listenerPort) {
        String host = HostNames.complete(Json.text(destination, "host"), ruleNamespace);
        int explicit = destination.path("port").path("number").asInt();
        int port = explicit > 0
                ? explicit
                : inventory.service(host)
                        .filter(service -> service.ports().size() == 1)
                        .map(service -> service.ports().getFirst().number())
                        .orElse(listenerPort);
        return of(new UpstreamCluster.Name(host, port, Json.text(destination, "subset")));
    }

    /** The cluster of the name. */
    UpstreamCluster of(UpstreamCluster.Name name) {
        UpstreamCluster known = clusters.get(name);
        if (known == null) {
            known = make(name);
            clusters.put(name, known);
        }
        return known;
    }

    private UpstreamCluster make(UpstreamCluster.Name name) {
        if (!budget.takeCluster()) {
            return UpstreamCluster.missing(name, "the lab's routes name more than " + Bounds.MESH_CLUSTERS
                    + " destinations, and this one is beyond");
        }
        Optional<ServiceView> service = inventory.service(name.host());
        if (service.isEmpty()) {
            return UpstreamCluster.missing(name, "there is no Service " + name.host() + shortHint(name.host()));
        }
        Optional<ServiceView.Port> port = service.get().port(name.port());
        if (port.isEmpty()) {
            return UpstreamCluster.missing(name, "Service " + service.get().meta().name() + " has no port " + name
                    .port()
                    + "; it has " + service.get().ports().stream().map(ServiceView.Port::number).toList());
        }
        Optional<Merged> rule = rule(service.get());
        if (name.subset().isEmpty()) {
            return make(name, service.get(), port.get(), Map.of(), rule, MissingNode.getInstance());
        }
        JsonNode subset = rule.map(found -> found.subsets().get(name.subset())).orElse(null);
        if (subset == null) {
            return UpstreamCluster.missing(name, "no DestinationRule defines the subset " + name.subset() + " of "
                    + service.get().meta().name() + subsetHint(rule, service.get()));
        }
        return make(name, service.get(), port.get(), Json.textMap(subset.path("labels")), rule,
                subset.path("trafficPolicy"));
    }

    private static String shortHint(String host) {
        return host.contains(".svc.cluster.local")
                ? ""
                : " (a name with a dot is taken as it stands; a full name ends in .svc.cluster.local)";
    }

    private String subsetHint(Optional<Merged> rule, ServiceView service) {
        return rule.map(found -> "; DestinationRule " + found.meta().name() + " defines " + found.subsets().keySet())
                .orElseGet(() -> {
                    List<String> elsewhere = inventory.destinationRules().elsewhere(service.host());
                    return elsewhere.isEmpty()
                            ? "; there is no DestinationRule for it"
                            : "; the DestinationRule in namespace " + elsewhere.getFirst()
                                    + " is not looked at from here";
                });
    }

    private UpstreamCluster make(UpstreamCluster.Name name, ServiceView service, ServiceView.Port port,
            Map<String, String> labels,
            Optional<Merged> rule, JsonNode subsetPolicy) {
        JsonNode hostPolicy = rule.map(Merged::trafficPolicy).orElse(MissingNode.getInstance());
        TrafficPolicy policy = TrafficPolicy.of(hostPolicy, subsetPolicy, name.port());
        Optional<UpstreamCluster> predecessor = Optional.ofNullable(predecessors.get(key(name)))
                .filter(old -> old.missing().isEmpty());
        boolean legacy = settings.roundRobinByDefault();
        LoadBalancer balancer = budget.sized(policy.balancer(legacy, predecessor, settings.dice()),
                rule.map(Merged::meta).orElse(service.meta()));
        UpstreamCluster.Config config = new UpstreamCluster.Config(name, Map.copyOf(labels), balancer,
                policy.balancerName(legacy), policy.limits(),
                policy.http2(port), emptyBecause(service, port, labels));
        List<Endpoint> endpoints = service.endpoints(port, inventory.pods())
                .stream()
                .filter(endpoint -> Json.selects(labels, endpoint.labels()))
                .toList();
        // PASSTHROUGH goes where the connection was bound for: a gateway's connections end at the gateway itself.
        boolean nowhere = gateway && config.balancerName().equals("PASSTHROUGH");
        return UpstreamCluster.of(config, nowhere ? List.of() : endpoints, policy.outliers(), predecessor);
    }

    /** Pods may be ready and still have no port of the name that the Service's targetPort says. */
    private String emptyBecause(ServiceView service, ServiceView.Port port, Map<String, String> labels) {
        List<PodView> ready = inventory.pods()
                .stream()
                .filter(pod -> pod.ready() && pod.meta().namespace().equals(service.meta().namespace()))
                .filter(pod -> !service.selector().isEmpty() && pod.hasLabels(service.selector()) && pod.hasLabels(
                        labels))
                .toList();
        return ready.isEmpty() || ready.stream().anyMatch(pod -> pod.port(port.target()).isPresent())
                ? ""
                : " for it: " + ready.size() + (ready.size() == 1 ? " pod is" : " pods are")
                        + " ready, but none has a port named " + port.target() + ", which is the Service's targetPort";
    }

    private Optional<Merged> rule(ServiceView service) {
        return inventory.destinationRules().find(service.host(), namespace, service.meta().namespace());
    }

    /** What a route hashes for the destination: what the DestinationRule says for subset and port, the port only where it is named. */
    Optional<HashPolicy> hashPolicy(JsonNode destination, String ruleNamespace) {
        String host = HostNames.complete(Json.text(destination, "host"), ruleNamespace);
        return inventory.service(host).flatMap(this::rule).flatMap(rule -> {
            int port = destination.path("port").path("number").asInt();
            JsonNode subset = rule.subsets()
                    .getOrDefault(Json.text(destination, "subset"), MissingNode.getInstance())
                    .path("trafficPolicy");
            return portHash(subset, port).or(() -> hash(subset))
                    .or(() -> portHash(rule.trafficPolicy(), port))
                    .or(() -> hash(rule.trafficPolicy()));
        });
    }

    /** What the default route of a Service's port hashes. */
    Optional<HashPolicy> hashPolicy(ServiceView service, int port) {
        return rule(service)
                .flatMap(rule -> portHash(rule.trafficPolicy(), port).or(() -> hash(rule.trafficPolicy())));
    }

    private static Optional<HashPolicy> portHash(JsonNode policy, int port) {
        JsonNode setting = TrafficPolicy.atPort(policy, port);
        return port == 0 || setting.equals(policy) ? Optional.empty() : hash(setting);
    }

    private static Optional<HashPolicy> hash(JsonNode policy) {
        JsonNode hash = policy.path("loadBalancer").path("consistentHash");
        if (Json.has(hash, "httpHeaderName")) {
            return Optional.of(new HashPolicy.Header(Json.text(hash, "httpHeaderName")));
        }
        if (Json.has(hash, "httpQueryParameterName")) {
            return Optional.of(new HashPolicy.QueryParameter(Json.text(hash, "httpQueryParameterName")));
        }
        if (Json.has(hash, "httpCookie")) {
            return Optional.of(cookie(hash.path("httpCookie")));
        }
        return hash.path("useSourceIp").asBoolean() ? Optional.of(new HashPolicy.SourceIp()) : Optional.empty();
    }

    private static HashPolicy.Cookie cookie(JsonNode cookie) {
        List<String> attributes = new java.util.ArrayList<>();
        for (JsonNode attribute : cookie.path("attributes")) {
            String value = Json.text(attribute, "value");
            attributes.add(Json.text(attribute, "name") + (value.isEmpty() ? "" : "=" + value));
        }
        OptionalLong ttl = Json.has(cookie, "ttl")
                ? OptionalLong.of(Json.millis(cookie, "ttl") / 1000)
                : OptionalLong.empty();
        return new HashPolicy.Cookie(Json.text(cookie, "name"), Json.text(cookie, "path"), ttl, attributes);
    }
}
