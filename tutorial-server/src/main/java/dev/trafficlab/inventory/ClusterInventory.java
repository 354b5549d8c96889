package dev.trafficlab.inventory;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.NamespaceRevisions;
import dev.trafficlab.cluster.ObjectYaml;
import dev.trafficlab.course.Course;
import dev.trafficlab.inventory.Topology.ObjectName;

/** The inventory as the cluster has it. What it keeps is kept for as long as nothing changed. Thread-safe. */
final class ClusterInventory implements Inventory {

    private static final Set<SeenKind> DRAWN = EnumSet.of(SeenKind.GATEWAY, SeenKind.VIRTUAL_SERVICE,
            SeenKind.DESTINATION_RULE, SeenKind.SERVICE, SeenKind.DEPLOYMENT, SeenKind.POD);
    private static final int LOG_LINES = 200;
    private static final int MOST_EVENTS = 50;
    private static final int MOST_KEPT = 1_000;

    private final Cluster cluster;
    private final LabReader reader;
    private final NamespaceRevisions revisions;
    private final PlannedObjects plans;
    private final PublishedSchemas schemas;
    private final Cache<String, Drawn> drawn = Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    ClusterInventory(Cluster cluster, NamespaceRevisions revisions) {
        this.cluster = cluster;
        this.reader = new LabReader(cluster);
        this.revisions = revisions;
        this.plans = new PlannedObjects(reader);
        this.schemas = new PublishedSchemas(reader);
    }

    /** A topology, with the revision and the edition of the course it was drawn by. */
    private record Drawn(long revision, Course course, Topology topology) {}

    /** A course that was read again is another one, whether or not it says the same. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public Topology topology(String namespace, Course course) {
        long now = revision(namespace);
        Drawn known = drawn.getIfPresent(namespace);
        if (known != null && known.revision() == now && known.course() == course) {
            return known.topology();
        }
        Topology fresh = TopologyBuilder.draw(reader.read(namespace, DRAWN), plans.of(course), course.experiment())
                .with(cluster.findings(namespace));
        // The same value stays the same object, so that whoever shows it sees at once that nothing changed.
        Topology topology = known != null && known.topology().equals(fresh) ? known.topology() : fresh;
        drawn.put(namespace, new Drawn(now, course, topology));
        return topology;
    }

    @Override
    public List<Entry> tree(String namespace) {
        return OwnershipTree.of(reader.read(namespace, EnumSet.allOf(SeenKind.class)));
    }

    @Override
    public Optional<Sheet> sheet(String namespace, ObjectName object) {
        return SeenKind.named(object.kind())
                .flatMap(kind -> reader.find(namespace, kind, object.name()))
                .map(item -> sheet(namespace, item));
    }

    private Sheet sheet(String namespace, Item item) {
        List<String> containers = item.kind() == SeenKind.POD
                ? item.spec().at("containers").list().stream().map(container -> container.at("name").text()).toList()
                : List.of();
        return new Sheet(OwnershipTree.entry(item, List.of()), yaml(item.resource()), containers, events(namespace,
                item));
    }

    private String yaml(GenericKubernetesResource resource) {
        resource.getMetadata().setManagedFields(null);
        return ObjectYaml.of(reader.client().getKubernetesSerialization().convertValue(resource, Map.class));
    }

    private List<Happening> events(String namespace, Item item) {
        // Of those told in the same second the later ones come later in the list.
        return reader.client()
                .v1()
                .events()
                .inNamespace(namespace)
                .list()
                .getItems()
                .reversed()
                .stream()
                .filter(event -> event.getInvolvedObject() != null && item.kind()
                        .kind()
                        .equals(event
                                .getInvolvedObject()
                                .getKind()) && item.name().equals(event.getInvolvedObject().getName()))
                .map(ClusterInventory::happening)
                .sorted(Comparator.comparing((Happening happening) -> happening.last().orElse(Instant.EPOCH))
                        .reversed())
                .limit(MOST_EVENTS)
                .toList();
    }

    private static Happening happening(Event event) {
        Optional<Instant> last = Stream.of(event.getLastTimestamp(), event.getFirstTimestamp(), event.getMetadata()
                .getCreationTimestamp()).filter(Objects::nonNull).findFirst().flatMap(ClusterInventory::instant);
        return new Happening("Warning".equals(event.getType()), Objects.requireNonNullElse(event.getReason(), ""),
                Objects.requireNonNullElse(event.getMessage(), ""), Objects.requireNonNullElse(event.getCount(), 1),
                last);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public String log(String namespace, String pod, String container) {
        try {
            String log = reader.client()
                    .pods()
                    .inNamespace(namespace)
                    .withName(pod)
                    .inContainer(container)
                    .tailingLines(LOG_LINES)
                    .getLog();
            return log == null ? "" : log;
        } catch (KubernetesClientException notYet) {
            if (notYet.getCode() >= 400 && notYet.getCode() < 500) {
                return "";
            }
            throw notYet;
        }
    }

    @Override
    public List<Field> fields(String apiVersion, String kind, List<String> path) {
        return schemas.fields(apiVersion, kind, path);
    }

    @Override
    public long revision(String namespace) {
        return revisions.of(namespace);
    }
}
