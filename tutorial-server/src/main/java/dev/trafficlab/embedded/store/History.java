package dev.trafficlab.embedded.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;

import dev.trafficlab.embedded.store.ObjectEvent.Type;

/**
 * The newest changes by revision, kept in the file so that a watcher can resume after a restart. Never empty once something was
 * written: its last key is the store's revision.
 */
final class History {

    private final MVMap<Long, byte[]> events;
    private final int kept;

    History(MVStore file, int kept) {
        this.events = file.openMap("history", new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE));
        this.kept = kept;
    }

    long revision() {
        return events.isEmpty() ? 0 : events.lastKey();
    }

    /** Changes after this revision are all known. */
    long floor() {
        return events.isEmpty() ? 0 : events.firstKey() - 1;
    }

    /** Adds a change; {@code json} is the object's last state without a resourceVersion, {@code previous} its revision before (0: none). */
    void append(Type type, ObjectKey key, long revision, long previous, byte[] json) {
        byte[] name = KeyCodec.of(key).getBytes(StandardCharsets.UTF_8);
        ByteBuffer record = ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + name.length + json.length);
        record.put((byte) type.ordinal()).putLong(previous).putInt(name.length).put(name).put(json);
        events.put(revision, record.array());
    }

    /** Forgets the oldest changes, some at a time, once there are more than are to be kept. */
    void trim() {
        int slack = Math.max(1, kept / 10);
        if (events.sizeAsLong() > kept + slack) {
            for (int i = 0; i < slack; i++) {
                events.remove(events.firstKey());
            }
        }
    }

    /** The scope's changes after the revision. */
    List<ObjectEvent> after(long revision, WatchSelector scope) {
        List<ObjectEvent> found = new ArrayList<>();
        Cursor<Long, byte[]> cursor = events.cursor(revision + 1);
        while (cursor.hasNext()) {
            long at = cursor.next();
            ByteBuffer record = ByteBuffer.wrap(cursor.getValue());
            Type type = Type.values()[record.get()];
            long previous = record.getLong();
            ObjectKey key = key(record);
            if (scope.covers(key)) {
                StoredObject object = Codec.decode(key, at, record.array(), record.position());
                found.add(new ObjectEvent(type, object, previous(key, previous)));
            }
        }
        return found;
    }

    private Optional<StoredObject> previous(ObjectKey key, long revision) {
        byte[] bytes = revision == 0 ? null : events.get(revision);
        if (bytes == null) {
            return Optional.empty();
        }
        ByteBuffer record = ByteBuffer.wrap(bytes, 1 + Long.BYTES, bytes.length - 1 - Long.BYTES);
        int length = record.getInt();
        return Optional.of(Codec.decode(key, revision, bytes, record.position() + length));
    }

    private static ObjectKey key(ByteBuffer record) {
        byte[] name = new byte[record.getInt()];
        record.get(name);
        return KeyCodec.parse(new String(name, StandardCharsets.UTF_8));
    }
}
