package dev.trafficlab.embedded.api;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.admission.Admission;
import dev.trafficlab.embedded.api.admission.Admission.Review;
import dev.trafficlab.embedded.api.bounds.JsonSize;
import dev.trafficlab.embedded.api.schema.Schemas;
import dev.trafficlab.embedded.api.write.Deletion;
import dev.trafficlab.embedded.api.write.InitialStatus;
import dev.trafficlab.embedded.api.write.Metadata;
import dev.trafficlab.embedded.api.write.UpdateScope;
import dev.trafficlab.embedded.store.ConflictException;
import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.QuotaExceededException;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * Writes objects by the rules that hold for every writer: defaults, validation, the cluster's own metadata, optimistic concurrency,
 * finalizers. Controllers write through it in-process, the REST API does so for everybody else. Safe for any number of threads.
 *
 * <p>Every method may throw an {@link ApiException}, with the reason that a client would read in the {@code Status}.
 */
public final class Objects {

    private static final int ATTEMPTS = 50;

    private final ObjectStore store;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final MutatingAdmission mutation;
    private final Quota quota;

    /** Writes to the store. */
    public Objects(ObjectStore store, InstantSource clock) {
        this(store, clock, (_, _) -> {}, Quota.unlimited());
    }

    /** Writes to the store, each new object after the mutation and within the quota. */
    public Objects(ObjectStore store, InstantSource clock, MutatingAdmission mutation, Quota quota) {
        this(store, clock, UUID::randomUUID, mutation, quota);
    }

    Objects(ObjectStore store, InstantSource clock, Supplier<UUID> ids) {
        this(store, clock, ids, (_, _) -> {}, Quota.unlimited());
    }

    private Objects(ObjectStore store, InstantSource clock, Supplier<UUID> ids, MutatingAdmission mutation,
            Quota quota) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.mutation = mutation;
        this.quota = quota;
    }

    /** How much a namespace may hold. */
    Quota quota() {
        return quota;
    }

    /** Where an object of the kind lives; the namespace of a cluster-wide kind is left out. */
    public static ObjectKey key(ResourceType type, String namespace, String name) {
        return new ObjectKey(type.resource(), type.namespaced() ? namespace : "", name);
    }

    /** The object, if there is one. */
    public Optional<StoredObject> get(ResourceType type, String namespace, String name) {
        return store.get(key(type, namespace, name));
    }

    /**
     * Creates the object in the namespace that its metadata names. A {@code status} that it brings along is kept, which spares a
     * controller a second write.
     */
    public StoredObject create(ResourceType type, ObjectNode object) {
        return create(type, object.deepCopy(), WriteOptions.OURS).object();
    }

    /**
     * Replaces the object but for its status. When the metadata names a resourceVersion, the stored object must still have it.
     */
    public StoredObject update(ResourceType type, ObjectNode object) {
        return replace(type, object, UpdateScope.ALL_BUT_STATUS);
    }

    /** Replaces the object's status alone, under the same condition as {@link #update}. */
    public StoredObject updateStatus(ResourceType type, ObjectNode object) {
        return replace(type, object, UpdateScope.STATUS);
    }

    /**
     * Changes the object but for its status, again when somebody else was faster.
     *
     * @param change gets a copy of its own and gives the object as it is to be; asked again after a conflict
     */
    public StoredObject edit(ResourceType type, String namespace, String name, UnaryOperator<ObjectNode> change) {
        return change(type, key(type, namespace, name), change, UpdateScope.ALL_BUT_STATUS, WriteOptions.OURS).object();
    }

    /** Changes the object's status, again when somebody else was faster. */
    public StoredObject editStatus(ResourceType type, String namespace, String name, UnaryOperator<ObjectNode> change) {
        return change(type, key(type, namespace, name), change, UpdateScope.STATUS, WriteOptions.OURS).object();
    }

    /**
     * Deletes the object. It stays, marked with a {@code deletionTimestamp}, while finalizers hold it (for a Namespace also those of
     * its {@code spec}): whoever takes away the last one by {@link #edit} removes it. A pod that has a node stays until its kubelet,
     * having ended it, deletes it with {@link Deletion#now()}.
     *
     * @return the object as it was left, marked or removed
     */
    public StoredObject delete(ResourceType type, String namespace, String name, Deletion deletion) {
        return delete(type, key(type, namespace, name), deletion, false);
    }

    private StoredObject replace(ResourceType type, ObjectNode object, UpdateScope part) {
        ObjectKey key = key(type, object.path("metadata").path("namespace").asText(), Metadata.name(object));
        return change(type, key, _ -> object.deepCopy(), part, WriteOptions.OURS).object();
    }

    /** Creates the object, which becomes this method's own. */
    public WriteResult create(ResourceType type, ObjectNode object, WriteOptions writing) {
        object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        String namespace = type.namespaced() ? object.path("metadata").path("namespace").asText() : "";
        if (!type.namespaced()) {
            Metadata.of(object).remove("namespace");
        }
        Metadata.born(type, object, ids.get(), clock.instant());
        Metadata.of(object).remove("resourceVersion");
        String name = Metadata.name(object);
        requireOpenNamespace(type, namespace, name);
        mutation.mutate(type, object);
        Schemas.applyDefaults(type, object);
        InitialStatus.fill(type, object);
        writing.hook().accept(Optional.empty(), object);
        requireStorable(object, writing);
        List<String> warnings = admit(type, object, Optional.empty());
        quota.requireRoom(store, type, object, isOurs(writing));
        ObjectKey key = new ObjectKey(type.resource(), namespace, name);
        if (writing.dryRun()) {
            requireRoom(type, key, object, writing);
            if (store.get(key).isPresent()) {
                throw ApiException.alreadyExists(type, name);
            }
            return new WriteResult(new StoredObject(key, 0, object), warnings);
        }
        try {
            return new WriteResult(put(type, key, object, 0, writing), warnings);
        } catch (ConflictException e) {
            throw ApiException.alreadyExists(type, name);
        }
    }

    private static boolean isOurs(WriteOptions writing) {
        return writing.equals(WriteOptions.OURS);
    }

    /** The cluster's own writes use what room is left: they end what was begun, and make deletions possible. */
    private StoredObject put(ResourceType type, ObjectKey key, ObjectNode object, long expected, WriteOptions writing) {
        if (!isOurs(writing)) {
            store.requireSpace();
        }
        try {
            return store.put(key, object, OptionalLong.of(expected),
                    mostBytes(type, key.namespace(), expected == 0, writing));
        } catch (QuotaExceededException e) {
            throw Quota.exceeded(type, key.name(), e);
        }
    }

    private long mostBytes(ResourceType type, String namespace, boolean fresh, WriteOptions writing) {
        return isOurs(writing) && !fresh ? Long.MAX_VALUE : quota.mostBytes(type, namespace, isOurs(writing));
    }

    private void requireRoom(ResourceType type, ObjectKey key, ObjectNode object, WriteOptions writing) {
        store.requireSpace();
        try {
            store.requireRoom(key, object, quota.mostBytes(type, key.namespace(), isOurs(writing)));
        } catch (QuotaExceededException e) {
            throw Quota.exceeded(type, key.name(), e);
        }
    }

    private void requireOpenNamespace(ResourceType type, String namespace, String name) {
        if (!type.namespaced()) {
            return;
        }
        ResourceType namespaces = ResourceTypes.byKind("", "v1", "Namespace").orElseThrow();
        StoredObject home = store.get(key(namespaces, "", namespace))
                .orElseThrow(() -> ApiException.notFound(namespaces, namespace));
        if (Metadata.isTerminating(home.value())) {
            throw ApiException.terminating(type, name, namespace);
        }
    }

    /** Changes a part of the object, again and again until nobody interferes. */
    public WriteResult change(ResourceType type, ObjectKey key, UnaryOperator<ObjectNode> change, UpdateScope part,
            WriteOptions writing) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredObject old = store.get(key).orElseThrow(() -> ApiException.notFound(type, key.name()));
            ObjectNode next = change.apply(old.value().deepCopy());
            requireStorable(next, writing);
            requireSameRevision(type, old, next);
            List<String> warnings = prepare(type, old, next, part, writing);
            requireStorable(next, writing);
            if (writing.dryRun()) {
                requireRoom(type, key, next, writing);
                return new WriteResult(new StoredObject(key, old.revision(), next), warnings);
            }
            try {
                return new WriteResult(put(type, old, next, writing), warnings);
            } catch (ConflictException e) {
                // somebody was faster: the next attempt sees what they wrote
            }
        }
        throw ApiException.modified(type, key.name());
    }

    /** The cluster's own writes add no more than a status. */
    private static void requireStorable(ObjectNode object, WriteOptions writing) {
        if (!isOurs(writing)) {
            JsonSize.requireStorable(object);
        }
    }

    private StoredObject put(ResourceType type, StoredObject old, ObjectNode next, WriteOptions writing) {
        if (Metadata.isTerminating(next) && Metadata.isFinalized(next) && !Metadata.isFinalized(old.value())) {
            return store.remove(old.key(), OptionalLong.of(old.revision())).orElse(old);
        }
        return put(type, old.key(), next, old.revision(), writing);
    }

    private static void requireSameRevision(ResourceType type, StoredObject old, ObjectNode next) {
        String revision = next.path("metadata").path("resourceVersion").asText();
        if (!revision.isEmpty() && !revision.equals(Long.toString(old.revision()))) {
            throw ApiException.modified(type, old.key().name());
        }
        String uid = next.path("metadata").path("uid").asText();
        String known = old.value().path("metadata").path("uid").asText();
        if (!uid.isEmpty() && !uid.equals(known)) {
            throw ApiException.conflict(type, old.key().name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + known);
        }
        Metadata.of(next).put("resourceVersion", Long.toString(old.revision()));
    }

    private static List<String> prepare(ResourceType type, StoredObject old, ObjectNode next, UpdateScope part,
            WriteOptions writing) {
        part.keepTheRest(type, old.value(), next);
        next.put("apiVersion", type.apiVersion()).put("kind", type.kind());
        Metadata.carryOver(old.value(), next);
        if (part == UpdateScope.STATUS) {
            writing.hook().accept(Optional.of(old.value()), next);
            return List.of();
        }
        Schemas.applyDefaults(type, next);
        Metadata.countGeneration(type, old.value(), next);
        writing.hook().accept(Optional.of(old.value()), next);
        return admit(type, next, Optional.of(old.value()));
    }

    private static List<String> admit(ResourceType type, ObjectNode object, Optional<ObjectNode> old) {
        Review review = Admission.review(type, object, old);
        if (!review.invalid().isEmpty()) {
            throw ApiException.invalid(type, Metadata.name(object), review.invalid());
        }
        review.denied().ifPresent(why -> {
            throw ApiException.denied(why);
        });
        return review.warnings();
    }

    public StoredObject delete(ResourceType type, ObjectKey key, Deletion deletion, boolean dryRun) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredObject old = store.get(key).orElseThrow(() -> ApiException.notFound(type, key.name()));
            deletion.requirePreconditions(type, old);
            ObjectNode marked = deletion.mark(type, old.value().deepCopy(), clock.instant());
            boolean gone = Deletion.isDue(marked);
            if (dryRun) {
                return gone ? old : new StoredObject(key, old.revision(), marked);
            }
            try {
                OptionalLong expected = OptionalLong.of(old.revision());
                return gone ? store.remove(key, expected).orElse(old) : store.put(key, marked, expected);
            } catch (ConflictException e) {
                // somebody was faster: look again
            }
        }
        throw ApiException.modified(type, key.name());
    }
}
