package dev.trafficlab.traffic;

import java.util.Map;

/**
 * Requests to send on the learner's behalf.
 *
 * @param requests how many, 1 to {@value #MOST}
 * @param path the path, with query
 * @param clients how many different clients take turns, 1 to {@value #MOST}
 * @param headers headers of every request; {@code Host} sets the authority
 * @param from outside through the ingress gateway, or inside from a pod
 * @param identity what tells the clients apart
 */
public record LoadSpec(int requests, String path, int clients, Map<String, String> headers, From from,
        ClientIdentity identity) {

    /** The most requests that one order may ask for. */
    public static final int MOST = 10_000;

    public LoadSpec {
        if (requests < 1 || requests > MOST || clients < 1 || clients > MOST) {
            throw new IllegalArgumentException("An order is for 1 to " + MOST + " requests of 1 to " + MOST
                    + " clients, not " + requests + " of "
                    + clients);
        }
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("A path begins with a slash: " + path);
        }
        headers = Map.copyOf(headers);
    }

    /** An order whose clients differ by their addresses. */
    public LoadSpec(int requests, String path, int clients, Map<String, String> headers, From from) {
        this(requests, path, clients, headers, from, ClientIdentity.ADDRESS);
    }

    /** Where the requests come from. */
    public enum From {
        OUTSIDE,
        INSIDE
    }
}
