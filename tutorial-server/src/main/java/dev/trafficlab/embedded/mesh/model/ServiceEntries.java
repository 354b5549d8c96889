package dev.trafficlab.embedded.mesh.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.embedded.mesh.model.ServiceView.FixedEndpoint;
import dev.trafficlab.embedded.mesh.model.ServiceView.Port;

/** Reads ServiceEntries whose endpoints are pods or addresses; nothing outside the cluster is ever reached. */
public final class ServiceEntries {

    private ServiceEntries() {}

    public static List<ServiceView> read(JsonNode entry, UnsupportedReport findings) {
        ObjectMeta meta = ObjectMeta.of(entry);
        JsonNode spec = entry.path("spec");
        Map<String, String> selector = Json.textMap(spec.path("workloadSelector").path("labels"));
        boolean fixed = Json.text(spec, "resolution").equals("STATIC");
        if (!fixed && selector.isEmpty()) {
            findings.notSupported(meta,
                    "Only resolution STATIC is supported: this lab looks up no names outside the cluster, "
                            + "so the ServiceEntry has no effect.");
            return List.of();
        }
        List<Port> ports = new ArrayList<>();
        for (JsonNode port : spec.path("ports")) {
            String number = Json.text(port, "number");
            String target = Json.has(port, "targetPort") ? Json.text(port, "targetPort") : number;
            boolean http = Json.text(port, "protocol")
                    .toUpperCase(java.util.Locale.ROOT)
                    .matches("|HTTP|HTTP2|GRPC|GRPC-WEB");
            ports.add(new Port(port.path("number").asInt(), Json.text(port, "name"), target, http,
                    Json.text(port, "protocol").toUpperCase(java.util.Locale.ROOT).matches("HTTP2|GRPC|GRPC-WEB")));
        }
        List<FixedEndpoint> endpoints = new ArrayList<>();
        for (JsonNode endpoint : spec.path("endpoints")) {
            Map<String, Integer> named = new HashMap<>();
            endpoint.path("ports").properties().forEach(port -> named.put(port.getKey(), port.getValue().asInt()));
            endpoints.add(new FixedEndpoint(Json.text(endpoint, "address"), Json.textMap(endpoint.path("labels")),
                    named));
        }
        return Json.texts(spec, "hosts")
                .stream()
                .map(host -> new ServiceView(meta, host, ports, selector, endpoints, Json.texts(spec, "addresses")))
                .toList();
    }
}
