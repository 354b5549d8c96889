package dev.trafficlab.embedded.api;

import java.util.Map;

import dev.trafficlab.embedded.api.stream.UnreadBytes;

/** An answer of the Kubernetes API. */
public sealed interface ApiResponse {

    /** HTTP status code. */
    int status();

    /** Response headers. */
    Map<String, String> headers();

    /** An answer that is complete. */
    record Complete(int status, Map<String, String> headers, byte[] body) implements ApiResponse {}

    /**
     * An answer that goes on (a watch, followed logs). The transport attaches a sink once; the API writes chunks to it, one at a
     * time, and closes it at the end.
     *
     * @param farewell the chunk that tells a client that it is dropped because it does not read; empty when there are no words for it
     */
    record Streaming(int status, Map<String, String> headers, Stream stream, byte[] farewell) implements ApiResponse {

        /** An answer that just ends when its client does not read. */
        public Streaming(int status, Map<String, String> headers, Stream stream) {
            this(status, headers, stream, new byte[0]);
        }
    }

    /** The rest of a streaming answer. */
    @FunctionalInterface
    interface Stream {
        /** Starts writing to the sink; closing the returned handle tells that the client has gone. */
        AutoCloseable attach(Sink sink);
    }

    /** Where a transport takes the chunks. Calls never overlap and never block. */
    interface Sink {
        /** Takes one chunk (a line of a watch). */
        void write(byte[] chunk);

        /** The answer is complete. */
        void close();

        /**
         * Told before the first chunk: where to count what the client has not read yet, when that is limited. The sink closes the
         * account, and when it is told to go by {@link UnreadBytes.Account#onDrop} sends the farewell if the client can still take it.
         */
        default void charge(UnreadBytes.Account account, byte[] farewell) {
            account.close();
        }
    }
}
