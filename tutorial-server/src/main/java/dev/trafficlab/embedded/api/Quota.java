package dev.trafficlab.embedded.api;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.write.Metadata;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.QuotaExceededException;

/**
 * How much one namespace may hold, refused as a ResourceQuota named {@value #NAME} would refuse it. Writers at the very same moment may
 * go beyond it by one each.
 *
 * @param most how many objects at most, by resource as in {@code deployments.apps}; what is not named has no limit
 * @param streams how many watches and followed logs a token's holder may have open at once
 * @param bytes how large all objects of a namespace may be together, as JSON; what grows by the cluster's own bookkeeping may go beyond
 * @param unreadBytes how much may wait for a token's holder who opened watches and followed logs and does not read them
 * @see <a href="https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-on-object-count">Quota on object count</a>
 */
public record Quota(Map<String, Integer> most, int streams, long bytes, long unreadBytes) {

    /** What refusals call it. */
    static final String NAME = "lab";

    /** The cluster's own belongings. */
    private static final Set<String> EXEMPT = Set.of("default", "istio-system", "kube-system");

    /** The one resource whose limit holds for the cluster's own controllers too; all else that they create is cleared away by them. */
    private static final String PODS = "pods";

    /** What controllers make from a learner's template, as large as that and as often as it says. */
    private static final Set<String> COPIES = Set.of(PODS, "replicasets.apps");

    private static final String BYTES = "object-bytes";
    private static final long MEBI = 1 << 20;

    public Quota {
        most = Map.copyOf(most);
    }

    /** No limit at all. */
    public static Quota unlimited() {
        return new Quota(Map.of(), Integer.MAX_VALUE, Long.MAX_VALUE, 8 * MEBI);
    }

    /** Room for the course ten times over, and for experiments. */
    public static Quota ofLab() {
        return ofLab(2 * MEBI, 8 * MEBI);
    }

    /** The same with other limits in bytes. */
    public static Quota ofLab(long bytes, long unreadBytes) {
        Map<String, Integer> most = new HashMap<>();
        ResourceTypes.all().stream().filter(ResourceType::namespaced).forEach(type -> most.put(type.resource(), 60));
        // Every Deployment keeps ten old ReplicaSets, and Events are cleared away by age.
        most.put("replicasets.apps", 600);
        most.put("events", 2_000);
        return new Quota(most, 100, bytes, unreadBytes);
    }

    /**
     * Refuses one more object where there are enough.
     *
     * @param ours whether the cluster itself writes
     */
    public void requireRoom(ObjectStore store, ResourceType type, ObjectNode object, boolean ours) {
        OptionalInt limit = limit(type, ours);
        String namespace = object.path("metadata").path("namespace").asText();
        if (limit.isEmpty() || EXEMPT.contains(namespace)) {
            return;
        }
        int used = store.count(type.resource(), namespace);
        if (used >= limit.getAsInt()) {
            String name = type.group().isEmpty() ? type.plural() : "count/" + type.resource();
            throw ApiException.forbidden(type, Metadata.name(object),
                    "exceeded quota: %s, requested: %s=1, used: %s=%d, limited: %s=%d".formatted(NAME, name, name, used,
                            name, limit.getAsInt()));
        }
    }

    /** How large the namespace's objects may become by a write of the resource. */
    public long mostBytes(ResourceType type, String namespace, boolean ours) {
        boolean free = namespace.isEmpty() || EXEMPT.contains(namespace) || ours && !COPIES.contains(type.resource());
        return free ? Long.MAX_VALUE : bytes;
    }

    /** The refusal of a write that would have made them larger. */
    public static ApiException exceeded(ResourceType type, String name, QuotaExceededException excess) {
        return ApiException.forbidden(type, name, "exceeded quota: %s, requested: %s=%d, used: %s=%d, limited: %s=%s"
                .formatted(NAME, BYTES, excess.requested(), BYTES, excess.used(), BYTES, quantity(excess.limit())));
    }

    /** The number as Kubernetes writes quantities of bytes. */
    private static String quantity(long bytes) {
        return bytes % MEBI == 0 ? bytes / MEBI + "Mi" : bytes % 1024 == 0 ? bytes / 1024 + "Ki" : Long.toString(bytes);
    }

    private OptionalInt limit(ResourceType type, boolean ours) {
        Integer limit = most.get(type.resource());
        if (limit == null || ours && !type.resource().equals(PODS)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(limit);
    }
}
