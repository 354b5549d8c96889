package dev.trafficlab.embedded.analysis;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.analysis.Analysis.Reporter;
import dev.trafficlab.embedded.analysis.KnownHosts.KnownHost;
import dev.trafficlab.embedded.mesh.model.Json;

/** Whether what a VirtualService leads to is there. Istio: analysis/analyzers/virtualservice, destinationhosts.go and destinationrules.go. */
final class DestinationAnalyzer {

    private static final Pattern FULL_NAME = Pattern.compile("(.+)\\.([^.]+)\\.svc\\.cluster\\.local");

    private final Reporter reporter;
    private final KnownHosts hosts;

    DestinationAnalyzer(Reporter reporter, KnownHosts hosts) {
        this.reporter = reporter;
        this.hosts = hosts;
    }

    /** A subset, or the host of one whose name is empty. */
    private record Subset(String host, String name) {}

    void analyze(ObjectSet objects) {
        Set<Subset> defined = new HashSet<>();
        objects.of("DestinationRule")
                .forEach(rule -> rule.spec()
                        .path("subsets")
                        .forEach(subset -> defined.add(new Subset(key(Json.text(rule
                                .spec(), "host"), rule.namespace()), Json.text(subset, "name")))));
        objects.of("VirtualService").forEach(virtualService -> {
            destinations(virtualService).forEach(destination -> {
                host(virtualService, destination);
                subset(virtualService, destination, defined);
            });
            ingress(objects, virtualService);
        });
    }

    private static Stream<JsonNode> routes(JsonNode spec, String protocol) {
        return Subject.stream(spec.path(protocol))
                .flatMap(route -> Subject.stream(route.path("route")))
                .map(route -> route.path("destination"));
    }

    private static Stream<JsonNode> destinations(Subject virtualService) {
        JsonNode spec = virtualService.spec();
        Stream<JsonNode> mirrors = Subject.stream(spec.path("http"))
                .flatMap(route -> Stream.concat(Stream.of(route.path("mirror")),
                        Subject.stream(route.path("mirrors")).map(mirror -> mirror.path("destination"))));
        return Stream.concat(Stream.of("tcp", "tls", "http").flatMap(protocol -> routes(spec, protocol)), mirrors)
                .filter(destination -> !destination.isMissingNode());
    }

    private void host(Subject virtualService, JsonNode destination) {
        String host = Json.text(destination, "host");
        Optional<KnownHost> known = hosts.find(host, virtualService.namespace(),
                Subject.texts(virtualService.spec(), "exportTo"));
        if (known.isEmpty()) {
            reporter.report(FindingKind.HOST_NOT_FOUND, virtualService, host, String.join(", ", hosts.names(
                    virtualService.namespace())));
            return;
        }
        List<Integer> ports = known.get().ports();
        String all = ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
        if (Json.has(destination, "port")) {
            int port = destination.path("port").path("number").asInt();
            if (!ports.contains(port)) {
                reporter.report(FindingKind.HOST_PORT_NOT_FOUND, virtualService, host, String.valueOf(port), all);
            }
        } else if (ports.size() > 1) {
            reporter.report(FindingKind.PORT_NEEDED, virtualService, host, all);
        }
    }

    private void subset(Subject virtualService, JsonNode destination, Set<Subset> defined) {
        String host = Json.text(destination, "host");
        String name = Json.text(destination, "subset");
        String key = key(host, virtualService.namespace());
        if (!name.isEmpty() && !defined.contains(new Subset(key, name))) {
            String others = defined.stream()
                    .filter(subset -> subset.host().equals(key))
                    .map(Subset::name)
                    .sorted()
                    .collect(Collectors.joining(", "));
            reporter.report(FindingKind.SUBSET_NOT_FOUND, virtualService, host, name, others);
        }
    }

    private static String key(String host, String namespace) {
        Matcher full = FULL_NAME.matcher(host);
        return full.matches() ? full.group(2) + "/" + full.group(1) : namespace + "/" + host;
    }

    /** Shares among subsets that are ruled for a Service's own name do not hold for requests that enter by a Gateway. */
    private void ingress(ObjectSet objects, Subject virtualService) {
        if (VirtualServiceAnalyzer.gateways(virtualService).findAny().isEmpty()) {
            return;
        }
        routes(virtualService.spec(), "http").filter(destination -> Json.text(destination, "subset").isEmpty())
                .map(destination -> Json.text(destination, "host"))
                .distinct()
                .forEach(host -> objects.of("VirtualService")
                        .filter(other -> rulesSubsetsOf(other, host))
                        .forEach(other -> reporter.report(FindingKind.SUBSETS_NOT_FOR_INGRESS, virtualService, other
                                .meta()
                                .name(), host)));
    }

    private static boolean rulesSubsetsOf(Subject virtualService, String host) {
        return Subject.texts(virtualService.spec(), "hosts").contains(host) && routes(virtualService.spec(), "http")
                .anyMatch(destination -> Json.text(destination, "host").equals(host)
                        && !Json.text(destination, "subset").isEmpty());
    }
}
