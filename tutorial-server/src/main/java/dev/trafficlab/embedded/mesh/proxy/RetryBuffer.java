package dev.trafficlab.embedded.mesh.proxy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

import dev.trafficlab.demo.Body;

/**
 * Keeps what was read of a request's body, so that it can be sent once more. Where the body outgrows the buffer, it can't: the request
 * is then not retried. Envoy: router/router.cc, {@code retry_shadow_buffer_limit}.
 */
public final class RetryBuffer {

    /** Envoy's default for a connection's buffer, which Istio leaves as it is. */
    public static final int LIMIT = 1024 * 1024;

    private final Body body;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
    private boolean overflown;

    public RetryBuffer(Body body) {
        this.body = body;
    }

    /** Whether the body can be sent from its start. */
    public boolean canRepeat() {
        return !overflown;
    }

    /** The body from its start: what is kept of it, then what still arrives. */
    public Body fromStart() {
        if (!(body instanceof Body.Arriving arriving)) {
            return body;
        }
        InputStream rest = new Keeping(arriving.stream());
        InputStream stream = kept.size() == 0
                ? rest
                : new SequenceInputStream(new ByteArrayInputStream(kept.toByteArray()), rest);
        return new Body.Arriving(stream, arriving.length());
    }

    /** Reads from the body, and keeps a copy. */
    private final class Keeping extends FilterInputStream {

        Keeping(InputStream from) {
            super(from);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = in.read(into, offset, length);
            if (count > 0) {
                keep(into, offset, count);
            }
            return count;
        }

        private void keep(byte[] bytes, int offset, int count) {
            overflown |= kept.size() + count > LIMIT;
            if (overflown) {
                kept.reset();
            } else {
                kept.write(bytes, offset, count);
            }
        }

        @Override
        public void close() {
            // The next try reads on where this one stopped; the request's own end closes the body.
        }
    }
}
