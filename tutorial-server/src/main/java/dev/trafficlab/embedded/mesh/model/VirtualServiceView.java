package dev.trafficlab.embedded.mesh.model;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A VirtualService with its names completed and its delegates merged in.
 *
 * @param hosts full names
 * @param gateways {@code mesh} or {@code namespace/name}
 * @param exportTo namespaces that see it; empty for all
 */
public record VirtualServiceView(ObjectMeta meta, List<String> hosts, List<String> gateways, List<String> exportTo,
        List<Rule> rules) {

    /**
     * One of its rules.
     *
     * @param meta the VirtualService that wrote it, whose namespace completes short names
     * @param index its place there
     * @param spec all but the conditions
     * @param matches the conditions, of which one must hold; none at all means always
     */
    public record Rule(ObjectMeta meta, int index, JsonNode spec, List<JsonNode> matches) {

        public Rule {
            matches = List.copyOf(matches);
        }

        public static Rule of(ObjectMeta meta, int index, JsonNode spec) {
            List<JsonNode> matches = new ArrayList<>();
            spec.path("match").forEach(matches::add);
            return new Rule(meta, index, spec, matches);
        }
    }

    public VirtualServiceView {
        hosts = List.copyOf(hosts);
        gateways = List.copyOf(gateways);
        exportTo = List.copyOf(exportTo);
        rules = List.copyOf(rules);
    }

    public static VirtualServiceView of(JsonNode object) {
        ObjectMeta meta = ObjectMeta.of(object);
        JsonNode spec = object.path("spec");
        List<Rule> rules = new ArrayList<>();
        for (JsonNode rule : spec.path("http")) {
            rules.add(Rule.of(meta, rules.size(), rule));
        }
        List<String> gateways = Json.texts(spec, "gateways");
        return new VirtualServiceView(meta,
                Json.texts(spec, "hosts").stream().map(host -> HostNames.complete(host, meta.namespace())).toList(),
                gateways.isEmpty()
                        ? List.of("mesh")
                        : gateways.stream().map(name -> HostNames.gateway(name, meta.namespace())).toList(),
                Json.texts(spec, "exportTo"), rules);
    }

    public VirtualServiceView withRules(List<Rule> others) {
        return new VirtualServiceView(meta, hosts, gateways, exportTo, others);
    }

    /** Whether it has no hosts, so that only others' rules can lead to it. */
    public boolean isDelegate() {
        return hosts.isEmpty();
    }

    /** Whether proxies in the namespace see it. */
    public boolean isVisibleTo(String namespace) {
        return Visibility.isVisible(exportTo, meta.namespace(), namespace);
    }
}
