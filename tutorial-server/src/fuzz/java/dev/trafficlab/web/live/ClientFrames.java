package dev.trafficlab.web.live;

import java.io.ByteArrayOutputStream;

/**
 * What a fuzzer's input says on a WebSocket. An input that begins with an odd byte goes out as it is; else each frame is built of a
 * byte for flags and opcode and a byte for the length, and masked as a client must, so that the fuzzer need not find out how.
 */
final class ClientFrames {

    private static final byte[] MASK = {1, 2, 3, 4};

    /** The most of a frame's length that one byte gives: a frame may be longer than what is read at all. */
    private static final int STEP = 33;

    private ClientFrames() {}

    /** The bytes that go out after the handshake. */
    static byte[] of(byte[] input) {
        if (input.length == 0 || (input[0] & 1) == 1) {
            return input;
        }
        var out = new ByteArrayOutputStream();
        int at = 1;
        while (at + 1 < input.length) {
            int head = input[at] & 0xff;
            int length = (input[at + 1] & 0x80) == 0 ? input[at + 1] : (input[at + 1] & 0x7f) * STEP;
            at += 2;
            frame(out, head, input, at, length);
            at += Math.min(length, input.length - at);
        }
        return out.toByteArray();
    }

    /** Writes one frame; what the input lacks of its payload is zeros. */
    private static void frame(ByteArrayOutputStream out, int head, byte[] input, int from, int length) {
        out.write(head);
        if (length < 126) {
            out.write(0x80 | length);
        } else {
            out.write(0x80 | 126);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(MASK);
        for (int i = 0; i < length; i++) {
            int payload = from + i < input.length ? input[from + i] : 0;
            out.write(payload ^ MASK[i % MASK.length]);
        }
    }
}
