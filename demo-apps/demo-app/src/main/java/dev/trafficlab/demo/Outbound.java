package dev.trafficlab.demo;

import java.io.IOException;

/** The way from an app to others: a real HTTP client, or the embedded mesh. */
@FunctionalInterface
public interface Outbound {

    /**
     * Sends a request to {@code authority} ({@code host} or {@code host:port}, port 80 when absent) and waits for the answer.
     *
     * @throws IOException when there is no answer at all; an answer of any status is returned
     */
    AppResponse send(String authority, AppRequest request) throws IOException;
}
