package dev.trafficlab.embedded.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Objects as the file keeps them: the revision, then the JSON without it. */
final class Codec {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "metadata";
    private static final String RESOURCE_VERSION = "resourceVersion";

    private Codec() {}

    /** The JSON without its resourceVersion: what the caller wrote, free of the caller's own nodes. */
    static byte[] encode(ObjectNode value) {
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

    static byte[] stamp(long revision, byte[] json) {
        return ByteBuffer.allocate(Long.BYTES + json.length).putLong(revision).put(json).array();
    }

    static long revision(byte[] stamped) {
        return ByteBuffer.wrap(stamped).getLong();
    }

    static byte[] json(byte[] stamped) {
        return Arrays.copyOfRange(stamped, Long.BYTES, stamped.length);
    }

    static StoredObject decode(ObjectKey key, byte[] stamped) {
        return decode(key, revision(stamped), stamped, Long.BYTES);
    }

    static StoredObject decode(ObjectKey key, long revision, byte[] bytes, int from) {
        try {
            ObjectNode value = (ObjectNode) JSON.readTree(bytes, from, bytes.length - from);
            value.withObject("/" + METADATA).put(RESOURCE_VERSION, Long.toString(revision));
            return new StoredObject(key, revision, value);
        } catch (IOException e) {
            throw new UncheckedIOException("the store's file holds what is not JSON at " + key, e);
        }
    }

    /** The object as it looks after a deletion at the revision. */
    static StoredObject at(long revision, StoredObject object) {
        ObjectNode value = object.value().deepCopy();
        value.withObject("/" + METADATA).put(RESOURCE_VERSION, Long.toString(revision));
        return new StoredObject(object.key(), revision, value);
    }
}
