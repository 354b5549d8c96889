package dev.trafficlab.embedded.store.file;

import java.util.Arrays;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/** Takes over what a version without checksums wrote: objects as revision and JSON, and the history as a map by revision. */
final class OldFormat {

    private static final String OBJECTS = "objects";
    private static final String HISTORY = "history";

    private OldFormat() {}

    static void convert(MVStore store) {
        if (!store.hasMap(OBJECTS) || !store.hasMap(HISTORY)) {
            return;
        }
        MVMap<String, byte[]> old = store.openMap(OBJECTS, new MVMap.Builder<String, byte[]>()
                .keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
        MVMap<Long, byte[]> history = store.openMap(HISTORY, new MVMap.Builder<Long, byte[]>()
                .keyType(LongDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
        MVMap<String, byte[]> objects = StoreFile.objects(store);
        Cursor<String, byte[]> cursor = old.cursor(null);
        while (cursor.hasNext()) {
            String key = cursor.next();
            byte[] value = cursor.getValue();
            long revision = java.nio.ByteBuffer.wrap(value).getLong();
            objects.put(key, Codec.stamp(key, revision, Arrays.copyOfRange(value, Long.BYTES, value.length)));
        }
        StoreFile.revision(store, history.isEmpty() ? 0 : history.lastKey());
        store.removeMap(old);
        store.removeMap(history);
        store.commit();
    }
}
