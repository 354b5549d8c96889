package dev.trafficlab.inventory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Experiment.Subject;
import dev.trafficlab.inventory.PlannedObjects.Planned;
import dev.trafficlab.inventory.Topology.Edge;
import dev.trafficlab.inventory.Topology.Ghost;
import dev.trafficlab.inventory.Topology.Node;
import dev.trafficlab.inventory.Topology.ObjectName;
import dev.trafficlab.inventory.Topology.Place;
import dev.trafficlab.inventory.Topology.Pods;

/** Joins a lab's objects, and the ghosts of those still to come, to the way that its traffic takes. For one drawing. */
final class TopologyBuilder {

    private static final String CLIENT = "client";
    private static final String INSIDE = "inside";
    private static final String EVERY_SIDECAR = "mesh";

    private final Experiment experiment;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Item> pods;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();

    private TopologyBuilder(List<Item> live, List<Planned> planned, Experiment experiment) {
        this.experiment = experiment;
        this.pods = live.stream().filter(item -> item.kind() == SeenKind.POD).toList();
        Set<ObjectName> there = new HashSet<>();
        live.forEach(item -> there.add(item.title()));
        live.forEach(item -> pieces.add(new Piece(item, Optional.empty())));
        planned.stream()
                .filter(plan -> !there.contains(plan.item().title()))
                .forEach(plan -> pieces.add(new Piece(plan.item(), Optional.of(plan.ghost()))));
    }

    /** The way as the objects describe it. */
    static Topology draw(List<Item> live, List<Planned> planned, Experiment experiment) {
        return new TopologyBuilder(live, planned, experiment).draw();
    }

    /** An object, or the ghost of one. */
    private record Piece(Item item, Optional<Ghost> ghost) {}

    private Topology draw() {
        add(new Node(CLIENT, Place.CLIENT, "", "", Pods.NONE, Optional.empty(), Optional.empty()));
        add(new Node(INSIDE, Place.CLIENT, "", "", Pods.NONE, Optional.empty(), Optional.empty()));
        of(SeenKind.GATEWAY).forEach(piece -> add(node("gateway/", Place.GATEWAY, piece)));
        of(SeenKind.VIRTUAL_SERVICE).forEach(piece -> add(node("route/", Place.ROUTE, piece)));
        of(SeenKind.DEPLOYMENT).forEach(this::workload);
        of(SeenKind.SERVICE).filter(piece -> !countsOnly(piece)).forEach(this::service);
        of(SeenKind.DESTINATION_RULE).forEach(this::subsets);
        of(SeenKind.GATEWAY).forEach(piece -> join(CLIENT, "gateway/" + piece.item().name()));
        of(SeenKind.VIRTUAL_SERVICE).forEach(this::routes);
        of(SeenKind.DEPLOYMENT).filter(piece -> isSubject(piece.item())).forEach(this::report);
        return new Topology(List.copyOf(nodes.values()), List.copyOf(edges), List.of());
    }

    private Stream<Piece> of(SeenKind kind) {
        return pieces.stream().filter(piece -> piece.item().kind() == kind);
    }

    private static Node node(String prefix, Place place, Piece piece) {
        String name = piece.item().name();
        return new Node(prefix + name, place, name, "", Pods.NONE, Optional.of(piece.item().title()), piece.ghost());
    }

    private void workload(Piece piece) {
        Item deployment = piece.item();
        Pods own = piece.ghost().isPresent() ? Pods.NONE : Workloads.pods(deployment, pods);
        Place place = isTally(deployment) ? Place.TALLY : Place.WORKLOAD;
        add(new Node("workload/" + deployment.name(), place, deployment.name(), version(deployment), own, Optional.of(
                deployment
                        .title()), piece.ghost()));
    }

    private boolean isSubject(Item deployment) {
        Subject subject = experiment.subject();
        return subject.app().isEmpty() ? Workloads.runs(deployment, subject.image())
                : subject.app().equals(Workloads.podLabels(deployment).get("app"));
    }

    private String version(Item deployment) {
        return isSubject(deployment) ? Workloads.podLabels(deployment).getOrDefault(experiment.subject().label(), "")
                : "";
    }

    /** The tally is what its Service selects. */
    private boolean isTally(Item deployment) {
        return experiment.tally()
                .map(tally -> of(SeenKind.SERVICE).filter(service -> service.item().name().equals(tally.service()))
                        .anyMatch(service -> Workloads.matches(Workloads.podLabels(deployment), selector(service))))
                .orElse(false);
    }

    private void service(Piece piece) {
        Node node = node("service/", Place.DESTINATION, piece);
        add(node);
        List<Piece> behind = behind(selector(piece), Map.of());
        behind.forEach(workload -> join(node.id(), "workload/" + workload.item().name()));
        if (behind.stream().anyMatch(workload -> isSubject(workload.item()))) {
            join(INSIDE, node.id());
        }
    }

    private void subsets(Piece piece) {
        String host = shortName(piece.item().spec().at("host").text());
        Map<String, String> selector = of(SeenKind.SERVICE).filter(service -> service.item().name().equals(host))
                .findFirst()
                .map(TopologyBuilder::selector)
                .orElse(Map.of());
        for (Unstructured subset : piece.item().spec().at("subsets").list()) {
            String name = subset.at("name").text();
            List<Piece> behind = selector.isEmpty() ? List.of() : behind(selector, subset.at("labels").labels());
            String version = behind.size() == 1 ? version(behind.getFirst().item()) : "";
            String id = "subset/" + host + "/" + name;
            add(new Node(id, Place.DESTINATION, name, version, Pods.NONE, Optional.of(piece.item().title()), piece
                    .ghost()));
            behind.forEach(workload -> join(id, "workload/" + workload.item().name()));
        }
    }

    private void routes(Piece piece) {
        String id = "route/" + piece.item().name();
        List<Unstructured> gateways = piece.item().spec().at("gateways").list();
        gateways.stream()
                .map(Unstructured::text)
                .filter(name -> !name.equals(EVERY_SIDECAR))
                .map(name -> "gateway/" + name.substring(name.indexOf('/') + 1))
                .filter(nodes::containsKey)
                .forEach(gateway -> join(gateway, id));
        if (gateways.isEmpty() || gateways.stream().anyMatch(name -> name.text().equals(EVERY_SIDECAR))) {
            join(INSIDE, id);
        }
        piece.item().spec().at("http").list().forEach(route -> destinations(id, route));
    }

    private void destinations(String from, Unstructured route) {
        List<Unstructured> destinations = route.at("route").list();
        int sum = destinations.stream().mapToInt(one -> one.at("weight").number(0)).sum();
        for (Unstructured one : destinations) {
            String host = shortName(one.at("destination", "host").text());
            String subset = one.at("destination", "subset").text();
            String to = subset.isEmpty() ? "service/" + host : "subset/" + host + "/" + subset;
            nodes.computeIfAbsent(to, missing -> new Node(missing, Place.DESTINATION, subset.isEmpty() ? host : subset,
                    "", Pods.NONE, Optional.empty(), Optional.empty()));
            OptionalDouble weight = destinations.size() > 1 && sum > 0
                    ? OptionalDouble.of(one.at("weight").number(0) / (double) sum)
                    : OptionalDouble.empty();
            join(from, to, rule(route), weight);
        }
    }

    private static String rule(Unstructured route) {
        List<Unstructured> matches = route.at("match").list();
        Unstructured uri = matches.isEmpty() ? new Unstructured(null) : matches.getFirst().at("uri");
        String prefix = uri.at("prefix").text();
        return uri.at("exact").present() ? uri.at("exact").text()
                : prefix.isEmpty() ? uri.at("regex").text()
                        : prefix + "…";
    }

    private void report(Piece app) {
        of(SeenKind.DEPLOYMENT).filter(tally -> isTally(tally.item()))
                .forEach(tally -> join("workload/" + app.item().name(), "workload/" + tally.item().name()));
    }

    /** The Service in front of the tally alone is no way of the learner's traffic. */
    private boolean countsOnly(Piece service) {
        List<Piece> behind = behind(selector(service), Map.of());
        return !behind.isEmpty() && behind.stream().allMatch(workload -> isTally(workload.item()));
    }

    private List<Piece> behind(Map<String, String> selector, Map<String, String> more) {
        return of(SeenKind.DEPLOYMENT).filter(piece -> Workloads.matches(Workloads.podLabels(piece.item()), selector)
                && (more.isEmpty() || Workloads.matches(Workloads.podLabels(piece.item()), more))).toList();
    }

    private static Map<String, String> selector(Piece service) {
        return service.item().spec().at("selector").labels();
    }

    private void add(Node node) {
        nodes.put(node.id(), node);
    }

    private void join(String from, String to) {
        join(from, to, "", OptionalDouble.empty());
    }

    private void join(String from, String to, String rule, OptionalDouble weight) {
        boolean ghost = List.of(from, to)
                .stream()
                .map(nodes::get)
                .anyMatch(node -> node != null && node.ghost()
                        .isPresent());
        edges.add(new Edge(from, to, rule, weight, ghost));
    }

    private static String shortName(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? host : host.substring(0, dot);
    }
}
