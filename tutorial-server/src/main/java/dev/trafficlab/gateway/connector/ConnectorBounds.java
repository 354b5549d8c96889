package dev.trafficlab.gateway.connector;

import java.time.Duration;

import dev.trafficlab.embedded.Bounds;

/** The limits of connections and of what is read from them, whoever is at the other end. */
public final class ConnectorBounds {

    /** Bytes of request line and headers that everything but the gateway takes, as ever in Tomcat. Answer: 431. */
    public static final int PAGE_HEADER_BYTES = 8 * 1024;

    /** Room for the largest of them with the request line and what stands between names and values. */
    static final int BUFFER_BYTES = Bounds.GATEWAY_HEADER_BYTES + 3 * 1024;

    /** Headers that are read at all, so that it is the gateway that answers where they are too many. */
    static final int MOST_HEADERS = 500;

    /** What a connection takes while a request is under way: buffers for the largest heads of request and answer. */
    private static final int BYTES_UNDER_WAY = 2 * BUFFER_BYTES + 16 * 1024;

    /**
     * Connections at a time: so many that half of the heap would hold them all with a request under way on each. One on which nothing is
     * said takes some 20 KiB.
     */
    static final int CONNECTIONS = (int) Math.clamp(Runtime.getRuntime().maxMemory() / 2 / BYTES_UNDER_WAY, 256, 8_192);

    /** Where so many are open, some on which nothing is under way are closed to make room. */
    static final int CROWDED = CONNECTIONS * 7 / 8;

    /** Connections of one address that is no trusted proxy: of 8,192, 300 browsers of a class behind it keep some eight each. */
    static final int CONNECTIONS_OF_AN_ADDRESS = CONNECTIONS / 2;

    /** How long a connection may be silent before its first request, or within one. Answer: it is closed. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    /** How long a connection may be silent between requests. */
    static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

    /** How long request line and headers may take in all. Envoy: {@code request_headers_timeout}, off by default. */
    static final Duration HEAD = Duration.ofSeconds(15);

    /** Heads that are there in part, at 140 KiB each. Where more come, the oldest is closed: an honest one is whole within a round trip. */
    static final int UNFINISHED_HEADS = 256;

    /** How long a body may take at least, and how slow it may be after that. Answer: 408 at the gateway. */
    static final Duration BODY = Duration.ofSeconds(20);

    /** Bytes a second that a body must come with after {@link #BODY}. */
    static final int BODY_BYTES_PER_SECOND = 4_096;

    /** How long an answer of at most some 256 KiB may take to be read. */
    public static final Duration ANSWER = Duration.ofSeconds(60);

    private ConnectorBounds() {}
}
