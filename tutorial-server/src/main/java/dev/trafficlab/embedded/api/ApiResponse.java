package dev.trafficlab.embedded.api;

import java.util.Map;

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
     */
    record Streaming(int status, Map<String, String> headers, Stream stream) implements ApiResponse {}

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
    }
}
