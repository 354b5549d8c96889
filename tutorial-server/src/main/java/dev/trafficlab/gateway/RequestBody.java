package dev.trafficlab.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

import dev.trafficlab.demo.Body;
import dev.trafficlab.gateway.connector.UploadGuard;

/** A request's body as Tomcat receives it, up to a limit. Must be read on the request's own thread, or on one that it waits for. */
final class RequestBody extends InputStream implements ApplicationBufferHandler {

    private final Request request;
    private final long limit;
    private ByteBuffer piece = EMPTY_BUFFER;
    private long received;
    private boolean begun;
    private boolean tooSlow;

    private RequestBody(Request request, long limit) {
        this.request = request;
        this.limit = limit;
    }

    /** The body of the request, before any of it was read. */
    static RequestBody of(Request request, long limit) {
        return new RequestBody(request, limit);
    }

    /** Whether more was sent than is allowed, as far as one can know by now. */
    boolean isTooLarge() {
        return received > limit || request.getContentLengthLong() > limit;
    }

    /** What the mesh gets to see. */
    Body body() {
        long length = request.getContentLengthLong();
        boolean chunked = request.getMimeHeaders().getHeader("transfer-encoding") != null;
        if (length <= 0 && !chunked) {
            return Body.NONE;
        }
        return new Body.Arriving(this, length < 0 ? OptionalLong.empty() : OptionalLong.of(length));
    }

    @Override
    public int read() throws IOException {
        return next() ? piece.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!next()) {
            return -1;
        }
        int count = Math.min(length, piece.remaining());
        piece.get(into, offset, count);
        return count;
    }

    /** Waits for bytes unless there are some; false at the end. */
    private boolean next() throws IOException {
        if (!begun) {
            begun = true;
            request.action(ActionCode.ACK, ContinueResponseTiming.IMMEDIATELY);
        }
        while (!piece.hasRemaining()) {
            if (readPiece() < 0) {
                return false;
            }
            received += piece.remaining();
            if (received > limit) {
                throw new IOException("The body is larger than " + limit + " bytes.");
            }
        }
        return true;
    }

    private int readPiece() throws IOException {
        try {
            return request.doRead(this);
        } catch (UploadGuard.TooSlowException slow) {
            tooSlow = true;
            throw slow;
        }
    }

    /** Whether reading was given up, as too little came. */
    boolean isTooSlow() {
        return tooSlow;
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
