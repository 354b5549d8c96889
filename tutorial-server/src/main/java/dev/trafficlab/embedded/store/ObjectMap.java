package dev.trafficlab.embedded.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.embedded.store.file.Codec;
import dev.trafficlab.embedded.store.file.KeyCodec;

/** The objects as they are now: in the file's pages, and the latest used ones decoded too. Its user locks. */
public final class ObjectMap {

    /** Decoded objects are kept as long as their JSON takes no more than this share of the heap; as nodes they take some times that. */
    private static final int SHARE_OF_HEAP = 256;
    private static final long LEAST_DECODED = 512L << 10;
    private static final long MOST_DECODED = 4L << 20;

    private final MVMap<String, byte[]> objects;
    private final Map<String, Long> bytes = new HashMap<>();
    private final Cache<ObjectKey, Decoded> decoded = Caffeine.newBuilder()
            .maximumWeight(Math.clamp(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, LEAST_DECODED, MOST_DECODED))
            .weigher((ObjectKey key, Decoded object) -> object.bytes())
            .build();

    private record Decoded(StoredObject object, int bytes) {}

    public ObjectMap(MVMap<String, byte[]> objects) {
        this.objects = objects;
    }

    /**
     * Reads every object once, and counts the bytes of each namespace.
     *
     * @return the greatest revision of an object
     * @throws RuntimeException when an object is not as it was written
     */
    public long verify() {
        long newest = 0;
        Cursor<String, byte[]> cursor = objects.cursor(null);
        while (cursor.hasNext()) {
            String key = cursor.next();
            byte[] stamped = cursor.getValue();
            if (!Codec.isIntact(key, stamped)) {
                throw new IllegalStateException("the object at " + key.replace('\0', '/') + " is damaged");
            }
            newest = Math.max(newest, Codec.revision(stamped));
            count(KeyCodec.parse(key), stamped.length);
        }
        return newest;
    }

    Optional<StoredObject> get(ObjectKey key) {
        Decoded known = decoded.getIfPresent(key);
        if (known != null) {
            return Optional.of(known.object());
        }
        return raw(key).map(stamped -> {
            StoredObject object = Codec.decode(key, stamped);
            decoded.put(key, new Decoded(object, stamped.length));
            return object;
        });
    }

    /** The object as the file holds it. */
    Optional<byte[]> raw(ObjectKey key) {
        return Optional.ofNullable(objects.get(KeyCodec.of(key)));
    }

    /** How many bytes the namespace's objects have. */
    long bytes(String namespace) {
        return bytes.getOrDefault(namespace, 0L);
    }

    /** At most so many objects from the key on, before the end. They can be decoded later, without the lock. */
    List<Found> scan(String from, String end, int limit) {
        List<Found> found = new ArrayList<>();
        Cursor<String, byte[]> cursor = objects.cursor(from);
        while (found.size() < limit && cursor.hasNext() && cursor.next().compareTo(end) < 0) {
            ObjectKey key = KeyCodec.parse(cursor.getKey());
            Decoded known = decoded.getIfPresent(key);
            found.add(new Found(key, cursor.getValue(), known == null ? null : known.object()));
        }
        return found;
    }

    /** Writes the object; the bytes that the file holds for it from now on. */
    byte[] put(StoredObject object, byte[] json) {
        String key = KeyCodec.of(object.key());
        byte[] stamped = Codec.stamp(key, object.revision(), json);
        byte[] before = objects.put(key, stamped);
        count(object.key(), stamped.length - (before == null ? 0 : before.length));
        decoded.put(object.key(), new Decoded(object, stamped.length));
        return stamped;
    }

    /** Removes the object; the bytes that the file held for it. */
    byte[] remove(ObjectKey key) {
        byte[] before = objects.remove(KeyCodec.of(key));
        count(key, before == null ? 0 : -before.length);
        decoded.invalidate(key);
        return before == null ? new byte[0] : before;
    }

    private void count(ObjectKey key, long change) {
        bytes.compute(key.namespace(), (_, sum) -> {
            long next = (sum == null ? 0 : sum) + change;
            return next == 0 ? null : next;
        });
    }

    /** An object that was found. */
    record Found(ObjectKey key, byte[] bytes, @Nullable StoredObject known) {

        StoredObject object() {
            return known == null ? Codec.decode(key, bytes) : known;
        }
    }
}
