package dev.trafficlab.embedded.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.StoredObject;

/** Objects as the file keeps them: a checksum over all that follows and the key, the revision, then the JSON without it. */
public final class Codec {

    /** Bytes before the JSON. */
    public static final int HEADER = Integer.BYTES + Long.BYTES;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "metadata";
    private static final String RESOURCE_VERSION = "resourceVersion";

    private Codec() {}

    /** The JSON without its resourceVersion: what the caller wrote, free of the caller's own nodes. */
    public static byte[] encode(ObjectNode value) {
        try {
            if (value.path(METADATA).has(RESOURCE_VERSION)) {
                ObjectNode copy = value.deepCopy();
                copy.withObject("/" + METADATA).remove(RESOURCE_VERSION);
                return JSON.writeValueAsBytes(copy);
            }
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an object that can be written as JSON", e);
        }
    }

    public static byte[] stamp(String key, long revision, byte[] json) {
        byte[] stamped = ByteBuffer.allocate(HEADER + json.length).putInt(0).putLong(revision).put(json).array();
        ByteBuffer.wrap(stamped).putInt(checksum(key, stamped));
        return stamped;
    }

    public static long revision(byte[] stamped) {
        return ByteBuffer.wrap(stamped).getLong(Integer.BYTES);
    }

    /** Whether the bytes are those that were written under the key. */
    public static boolean isIntact(String key, byte[] stamped) {
        return stamped.length >= HEADER && ByteBuffer.wrap(stamped).getInt() == checksum(key, stamped);
    }

    private static int checksum(String key, byte[] stamped) {
        CRC32C sum = new CRC32C();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        sum.update(stamped, Integer.BYTES, stamped.length - Integer.BYTES);
        return (int) sum.getValue();
    }

    public static StoredObject decode(ObjectKey key, byte[] stamped) {
        return decode(key, revision(stamped), stamped, HEADER);
    }

    public static StoredObject decode(ObjectKey key, long revision, byte[] bytes, int from) {
        try {
            ObjectNode value = (ObjectNode) JSON.readTree(bytes, from, bytes.length - from);
            value.withObject("/" + METADATA).put(RESOURCE_VERSION, Long.toString(revision));
            return new StoredObject(key, revision, value);
        } catch (IOException e) {
            throw new UncheckedIOException("the store's file holds what is not JSON at " + key, e);
        }
    }

    /** The object as it looks after a deletion at the revision. */
    public static StoredObject at(long revision, StoredObject object) {
        ObjectNode value = object.value().deepCopy();
        value.withObject("/" + METADATA).put(RESOURCE_VERSION, Long.toString(revision));
        return new StoredObject(object.key(), revision, value);
    }
}
