package dev.trafficlab.embedded.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** The objects as they are now: in the file's pages, and the latest used ones decoded too. Its user locks. */
final class ObjectMap {

    private static final int DECODED_OBJECTS = 2_048;

    private final MVMap<String, byte[]> objects;
    private final Cache<ObjectKey, StoredObject> decoded = Caffeine.newBuilder().maximumSize(DECODED_OBJECTS).build();

    ObjectMap(MVStore file) {
        objects = file.openMap("objects", new MVMap.Builder<String, byte[]>().keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
    }

    Optional<StoredObject> get(ObjectKey key) {
        Optional<StoredObject> known = Optional.ofNullable(decoded.getIfPresent(key));
        if (known.isPresent()) {
            return known;
        }
        Optional<StoredObject> found = raw(key).map(bytes -> Codec.decode(key, bytes));
        found.ifPresent(object -> decoded.put(key, object));
        return found;
    }

    /** The object as the file holds it. */
    Optional<byte[]> raw(ObjectKey key) {
        return Optional.ofNullable(objects.get(KeyCodec.of(key)));
    }

    /** At most so many objects from the key on, before the end. They can be decoded later, without the lock. */
    List<Found> scan(String from, String end, int limit) {
        List<Found> found = new ArrayList<>();
        Cursor<String, byte[]> cursor = objects.cursor(from);
        while (found.size() < limit && cursor.hasNext() && cursor.next().compareTo(end) < 0) {
            ObjectKey key = KeyCodec.parse(cursor.getKey());
            found.add(new Found(key, cursor.getValue(), decoded.getIfPresent(key)));
        }
        return found;
    }

    void put(StoredObject object, byte[] json) {
        objects.put(KeyCodec.of(object.key()), Codec.stamp(object.revision(), json));
        decoded.put(object.key(), object);
    }

    void remove(ObjectKey key) {
        objects.remove(KeyCodec.of(key));
        decoded.invalidate(key);
    }

    /** Forgets what was decoded: the file went back to an earlier state. */
    void forgetDecoded() {
        decoded.invalidateAll();
    }

    /** An object that was found. */
    record Found(ObjectKey key, byte[] bytes, @Nullable StoredObject known) {

        StoredObject object() {
            return known == null ? Codec.decode(key, bytes) : known;
        }
    }
}
