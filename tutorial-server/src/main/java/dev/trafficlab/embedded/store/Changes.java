package dev.trafficlab.embedded.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.store.ObjectEvent.Type;
import dev.trafficlab.embedded.store.file.Codec;
import dev.trafficlab.embedded.store.file.ReopenedFile;

/** What one commit changes, object by object. Guarded by the store's lock. */
final class Changes {

    private final ReopenedFile file;
    private final List<Change> changes = new ArrayList<>();

    /**
     * A change of the running commit.
     *
     * @param stamped the object's bytes as the file holds or, for a deletion, held them
     */
    record Change(ObjectEvent event, byte[] stamped) {

        History.Change recorded() {
            return new History.Change(event.type(), event.object().key(), event.object().revision(),
                    event.previous().map(StoredObject::revision).orElse(0L), stamped, System.nanoTime());
        }
    }

    Changes(ReopenedFile file) {
        this.file = file;
    }

    /** All so far. */
    List<Change> list() {
        return List.copyOf(changes);
    }

    int size() {
        return changes.size();
    }

    /** Begins anew. */
    void clear() {
        changes.clear();
    }

    StoredObject put(ObjectKey key, byte[] json, OptionalLong expected, long mostBytes) {
        ObjectMap objects = file.get().objects();
        Optional<StoredObject> before = expected(key, expected);
        Optional<byte[]> old = objects.raw(key);
        StoredObject next = Codec.decode(key, file.get().revision() + 1, json, 0);
        if (before.isPresent() && isSame(before.get(), old.orElseThrow(), next, json)) {
            return before.get();
        }
        requireRoom(key, json, mostBytes);
        file.get().nextRevision();
        byte[] stamped = objects.put(next, json);
        changes.add(new Change(new ObjectEvent(before.isPresent() ? Type.MODIFIED : Type.ADDED, next, before),
                stamped));
        return next;
    }

    /** Refuses what would make the namespace's objects larger than they may be; to become smaller is always fine. */
    void requireRoom(ObjectKey key, byte[] json, long mostBytes) {
        ObjectMap objects = file.get().objects();
        long more = json.length + Codec.HEADER - objects.raw(key).map(bytes -> bytes.length).orElse(0);
        long used = objects.bytes(key.namespace());
        if (more > 0 && used + more > mostBytes) {
            throw new QuotaExceededException(more, used, mostBytes);
        }
    }

    private static boolean isSame(StoredObject before, byte[] old, StoredObject next, byte[] json) {
        return Arrays.equals(old, Codec.HEADER, old.length, json, 0, json.length)
                || old.length == Codec.HEADER + json.length
                        && withRevision(before.revision(), next).equals(before.value());
    }

    private static ObjectNode withRevision(long revision, StoredObject object) {
        return Codec.at(revision, object).value();
    }

    Optional<StoredObject> remove(ObjectKey key, OptionalLong expected) {
        return expected(key, expected).map(before -> {
            StoredObject last = Codec.at(file.get().nextRevision(), before);
            byte[] stamped = file.get().objects().remove(key);
            changes.add(new Change(new ObjectEvent(Type.DELETED, last, Optional.of(before)), stamped));
            return last;
        });
    }

    private Optional<StoredObject> expected(ObjectKey key, OptionalLong expected) {
        Optional<StoredObject> before = file.get().objects().get(key);
        long found = before.map(StoredObject::revision).orElse(0L);
        if (expected.isPresent() && found != expected.getAsLong()) {
            throw new ConflictException(key + " was expected at revision " + expected.getAsLong() + " but is at "
                    + found);
        }
        return before;
    }
}
