package dev.trafficlab.embedded.api.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the protobuf wire format: tags, varints and length-delimited values (protobuf.dev, "Encoding"). */
final class Wire {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int DELIMITED = 2;
    static final int FIXED32 = 5;

    private static final int LONGEST_VARINT = 10;

    private final byte[] bytes;
    private int position;

    Wire(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return position >= bytes.length;
    }

    int tag() {
        return (int) varint();
    }

    long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT; i++) {
            byte next = next();
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedProtobufException("a varint is longer than ten bytes");
    }

    byte[] delimited() {
        long length = varint();
        if (length < 0 || length > bytes.length - position) {
            throw new MalformedProtobufException("a field reaches past the end of the body");
        }
        byte[] value = Arrays.copyOfRange(bytes, position, position + (int) length);
        position += (int) length;
        return value;
    }

    String text() {
        return new String(delimited(), StandardCharsets.UTF_8);
    }

    /** Passes over a field; tells whether it held anything but the zero value. */
    boolean skip(int wireType) {
        return switch (wireType) {
            case VARINT -> varint() != 0;
            case FIXED64 -> skipFixed(8);
            case FIXED32 -> skipFixed(4);
            case DELIMITED -> holdsSomething(delimited());
            default -> throw new MalformedProtobufException("wire type " + wireType + " is not in use");
        };
    }

    /** An embedded message of zero values only is as good as absent; text always holds something. */
    private static boolean holdsSomething(byte[] value) {
        if (value.length == 0) {
            return false;
        }
        try {
            Wire inner = new Wire(value);
            while (!inner.atEnd()) {
                if (inner.skip(inner.tag() & 7)) {
                    return true;
                }
            }
            return false;
        } catch (MalformedProtobufException text) {
            return true;
        }
    }

    private boolean skipFixed(int length) {
        boolean something = false;
        for (int i = 0; i < length; i++) {
            something |= next() != 0;
        }
        return something;
    }

    private byte next() {
        if (atEnd()) {
            throw new MalformedProtobufException("the body ends within a field");
        }
        return bytes[position++];
    }
}
