package dev.trafficlab.gateway.connector;

import java.io.IOException;

import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Reads a request's body as long as it comes at a fair pace. Tomcat's time-out begins anew with every byte, so a body of a byte every ten
 * seconds would keep its thread and its connection for ever.
 */
public final class UploadGuard implements InputBuffer {

    private final InputBuffer body;
    private final long begun = System.nanoTime();
    private long received;

    private UploadGuard(InputBuffer body) {
        this.body = body;
    }

    /** Puts a guard before the request's body, whoever will read it; one of an earlier request on the connection goes. */
    public static void guard(Request request) {
        InputBuffer body = request.getInputBuffer();
        request.setInputBuffer(new UploadGuard(body instanceof UploadGuard earlier ? earlier.body : body));
    }

    /** What is guarded. */
    InputBuffer unguarded() {
        return body;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        long fair = ConnectorBounds.BODY.toNanos() + received * (1_000_000_000L
                / ConnectorBounds.BODY_BYTES_PER_SECOND);
        if (System.nanoTime() - begun > fair) {
            throw new TooSlowException();
        }
        int count = body.doRead(handler);
        received += Math.max(0, count);
        return count;
    }

    @Override
    public int available() {
        return body.available();
    }

    /** The body did not come at a fair pace. */
    public static final class TooSlowException extends IOException {

        private static final long serialVersionUID = 1L;

        TooSlowException() {
            super("The request's body comes too slowly.");
        }
    }
}
