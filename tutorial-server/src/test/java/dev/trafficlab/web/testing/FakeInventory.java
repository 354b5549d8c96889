package dev.trafficlab.web.testing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.trafficlab.course.Course;
import dev.trafficlab.inventory.Inventory;
import dev.trafficlab.inventory.Topology;
import dev.trafficlab.inventory.Topology.Edge;
import dev.trafficlab.inventory.Topology.Ghost;
import dev.trafficlab.inventory.Topology.Node;
import dev.trafficlab.inventory.Topology.ObjectName;
import dev.trafficlab.inventory.Topology.Place;
import dev.trafficlab.inventory.Topology.Pods;

/** A lab with a pod of v3 and a gateway still to come. */
public class FakeInventory implements Inventory {

    private static final ObjectName POD = new ObjectName("Pod", "colors-v3-1");

    @Override
    public Topology topology(String namespace, Course course) {
        return new Topology(List.of(node("client", Place.CLIENT, "", Optional.empty(), Optional.empty()),
                node("gateway/my-gateway", Place.GATEWAY, "my-gateway", Optional.of(new ObjectName("Gateway",
                        "my-gateway")), Optional.of(new Ghost("gateway", 2, "Gateway"))),
                new Node("workload/colors-v3", Place.WORKLOAD, "colors-v3", "v3", new Pods(1, 1, 0), Optional.of(
                        new ObjectName("Deployment", "colors-v3")), Optional.empty())),
                List.of(new Edge("client", "gateway/my-gateway", "", OptionalDouble.empty(), true)), List.of());
    }

    private static Node node(String id, Place place, String label, Optional<ObjectName> object,
            Optional<Ghost> ghost) {
        return new Node(id, place, label, "", Pods.NONE, object, ghost);
    }

    @Override
    public List<Entry> tree(String namespace) {
        Entry pod = new Entry(POD, "1/1 Running", Health.GOOD, List.of());
        return List.of(new Entry(new ObjectName("Deployment", "colors-v3"), "1/1", Health.GOOD, List.of(pod)));
    }

    @Override
    public Optional<Sheet> sheet(String namespace, ObjectName object) {
        return object.equals(POD) ? Optional.of(new Sheet(new Entry(POD, "1/1 Running", Health.GOOD, List.of()),
                "kind: Pod\n", List.of("colors"), List.of(new Happening(false, "Started", "Started container colors", 1,
                        Optional.of(Instant.parse("2030-01-01T12:00:00Z")))))) : Optional.empty();
    }

    @Override
    public String log(String namespace, String pod, String container) {
        return "listening on 3000 <now>\n";
    }

    @Override
    public List<Field> fields(String apiVersion, String kind, List<String> path) {
        return List.of(new Field("weight", "integer", "The share of the requests.", false, List.of()));
    }

    @Override
    public long revision(String namespace) {
        return 1;
    }
}
