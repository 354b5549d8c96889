package dev.trafficlab.embedded.api.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** Services and what stands behind them. */
final class NetworkCells {

    private static final int SHOWN = 3;

    private NetworkCells() {}

    static List<Column> service() {
        return List.of(Column.named(), Column.string("Type", it -> it.at("/spec/type").asText()),
                Column.string("Cluster-IP", it -> orNone(it.at("/spec/clusterIP").asText())),
                Column.string("External-IP", NetworkCells::externalIp), Column.string("Port(s)", NetworkCells::ports),
                Column.age(), Column.string("Selector", it -> WorkloadCells.labels(it.at("/spec/selector"))).wide());
    }

    static List<Column> endpoints() {
        return List.of(Column.named(), Column.string("Endpoints", NetworkCells::addresses), Column.age());
    }

    static List<Column> endpointSlice() {
        return List.of(Column.named(), Column.string("AddressType", it -> it.path("addressType").asText()),
                Column.string("Ports", it -> shortened(stream(it.path("ports")).map(port -> port.path("port").asText()),
                        "<unset>")),
                Column.string("Endpoints", it -> shortened(stream(it.path("endpoints")).flatMap(endpoint -> texts(
                        endpoint.path("addresses"))),
                        "<unset>")),
                Column.age());
    }

    private static String externalIp(JsonNode service) {
        List<String> addresses = new ArrayList<>();
        texts(service.at("/spec/externalIPs")).forEach(addresses::add);
        for (JsonNode entry : service.at("/status/loadBalancer/ingress")) {
            addresses.add(entry.path("ip").asText(entry.path("hostname").asText()));
        }
        if (!addresses.isEmpty()) {
            return String.join(",", addresses);
        }
        return service.at("/spec/type").asText().equals("LoadBalancer") ? "<pending>" : "<none>";
    }

    private static String ports(JsonNode service) {
        Function<JsonNode, String> port = it -> {
            String node = it.path("nodePort").asInt() == 0 ? "" : ":" + it.path("nodePort").asInt();
            return it.path("port").asInt() + node + "/" + it.path("protocol").asText("TCP");
        };
        return orNone(stream(service.at("/spec/ports")).map(port).collect(Collectors.joining(",")));
    }

    private static String addresses(JsonNode endpoints) {
        List<String> addresses = new ArrayList<>();
        for (JsonNode subset : endpoints.path("subsets")) {
            for (JsonNode port : subset.path("ports")) {
                stream(subset.path("addresses"))
                        .forEach(address -> addresses.add(address.path("ip").asText() + ":" + port.path("port")
                                .asInt()));
            }
        }
        return shortened(addresses.stream(), "<none>");
    }

    /** The first three, and how many more there are. */
    private static String shortened(Stream<String> values, String none) {
        List<String> all = values.toList();
        if (all.isEmpty()) {
            return none;
        }
        String shown = all.stream().limit(SHOWN).collect(Collectors.joining(","));
        return all.size() > SHOWN ? shown + " + " + (all.size() - SHOWN) + " more..." : shown;
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static Stream<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::asText);
    }

    private static String orNone(String value) {
        return value.isEmpty() ? "<none>" : value;
    }
}
