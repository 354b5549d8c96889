package dev.trafficlab.embedded.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.model.HostNames;
import dev.trafficlab.embedded.mesh.model.Json;

/** The hosts of Services and ServiceEntries, and who sees them. Istio: analysis/analyzers/util/service_lookup.go. */
final class KnownHosts {

    private static final String EVERYBODY = "*";
    private static final String EXPORT_TO = "networking.istio.io/exportTo";

    /** A host as namespaces of the scope see it, {@code *} for all. */
    private record Scoped(String scope, String host) {}

    /** What is known of a host. */
    record KnownHost(List<Integer> ports, Map<String, String> selector) {}

    private final Map<Scoped, KnownHost> hosts = new LinkedHashMap<>();

    KnownHosts(ObjectSet objects) {
        objects.of("ServiceEntry").forEach(this::addEntry);
        objects.of("Service").forEach(this::addService);
    }

    private void addEntry(Subject entry) {
        KnownHost known = new KnownHost(ports(entry.spec(), "number"),
                Json.textMap(entry.spec().path("workloadSelector").path("labels")));
        List<String> exportTo = Subject.texts(entry.spec(), "exportTo");
        for (String host : Subject.texts(entry.spec(), "hosts")) {
            scopes(exportTo, entry.namespace())
                    .forEach(scope -> hosts.put(new Scoped(scope, complete(host, entry.namespace())), known));
        }
    }

    private void addService(Subject service) {
        KnownHost known = new KnownHost(ports(service.spec(), "port"), Map.of());
        String exportTo = service.annotations().getOrDefault(EXPORT_TO, "");
        List<String> scopes = exportTo.isEmpty() ? List.of()
                : Stream.of(exportTo.split(",")).map(String::strip).toList();
        scopes(scopes, service.namespace()).forEach(scope -> hosts.put(new Scoped(scope, HostNames.ofService(service
                .meta()
                .name(), service.namespace())), known));
    }

    private static List<Integer> ports(JsonNode spec, String field) {
        List<Integer> ports = new ArrayList<>();
        spec.path("ports").forEach(port -> ports.add(port.path(field).asInt()));
        return ports;
    }

    private static List<String> scopes(List<String> exportTo, String namespace) {
        return exportTo.isEmpty() || exportTo.contains(EVERYBODY) ? List.of(EVERYBODY)
                : exportTo.stream().map(scope -> scope.equals(".") ? namespace : scope).toList();
    }

    private static String complete(String host, String namespace) {
        return host.startsWith("*") || host.contains(".") ? host : HostNames.ofService(host, namespace);
    }

    /** What an object of the namespace, exported so, means by the host. */
    Optional<KnownHost> find(String host, String namespace, List<String> exportTo) {
        String full = complete(host, namespace);
        Stream<String> own = exportTo.isEmpty() ? Stream.of(namespace)
                : exportTo.stream().map(scope -> scope.equals(".") ? namespace : scope);
        return Stream.concat(Stream.of(EVERYBODY), own)
                .map(scope -> hosts.get(new Scoped(scope, full)))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .or(() -> wildcard(host, namespace));
    }

    private Optional<KnownHost> wildcard(String host, String namespace) {
        String stem = host.startsWith("*") ? host.substring(1) : host;
        return hosts.entrySet()
                .stream()
                .filter(entry -> entry.getKey().host().startsWith("*"))
                .filter(entry -> List.of(EVERYBODY, namespace).contains(entry.getKey().scope()))
                .filter(entry -> stem.endsWith(entry.getKey().host().substring(1)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Names that are seen from the namespace, short where they are its own. */
    List<String> names(String namespace) {
        String domain = HostNames.ofService("", namespace);
        return hosts.keySet()
                .stream()
                .filter(known -> known.scope().equals(EVERYBODY) || known.scope().equals(namespace))
                .map(Scoped::host)
                .filter(host -> host.endsWith(domain) || !host.endsWith(".svc.cluster.local"))
                .map(host -> host.endsWith(domain) ? host.substring(0, host.length() - domain.length()) : host)
                .sorted()
                .toList();
    }
}
