package dev.trafficlab.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** Gathers a body as Tomcat hands it over, piece by piece, up to a limit. */
final class BodyBuffer implements ApplicationBufferHandler {

    private static final byte[] NOTHING = {};

    private final int limit;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(0);
    private ByteBuffer piece = EMPTY_BUFFER;

    BodyBuffer(int limit) {
        this.limit = limit;
    }

    /** Takes the piece just read; false when the body is larger than the limit. */
    boolean take() {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        received.writeBytes(bytes);
        return received.size() <= limit;
    }

    byte[] bytes() {
        return received.size() == 0 ? NOTHING : received.toByteArray();
    }

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
        piece = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
        return piece;
    }

    @Override
    public void expand(int size) {
        // Tomcat hands over pieces of its own size and never asks for more room.
    }
}
