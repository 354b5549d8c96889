package dev.trafficlab.traffic;

import java.util.Map;

import dev.trafficlab.course.Step;

/**
 * Requests to send on the learner's behalf.
 *
 * @param requests how many, 1 to {@value #MOST}
 * @param path the path, with query
 * @param clients how many different clients take turns, 1 to {@value #MOST}
 * @param headers headers of every request; {@code Host} sets the authority
 * @param from outside through the ingress gateway, or inside from a pod
 * @param identity what tells the clients apart
 * @param method the method, as sent
 */
public record LoadSpec(int requests, String path, int clients, Map<String, String> headers, From from,
        ClientIdentity identity, String method) {

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

    /** An order of plain GET requests. */
    public LoadSpec(int requests, String path, int clients, Map<String, String> headers, From from,
            ClientIdentity identity) {
        this(requests, path, clients, headers, from, identity, "GET");
    }

    /** An order whose clients differ by their addresses. */
    public LoadSpec(int requests, String path, int clients, Map<String, String> headers, From from) {
        this(requests, path, clients, headers, from, ClientIdentity.ADDRESS);
    }

    /** So many requests as a step offers them, of that many clients. */
    public static LoadSpec of(Step.Traffic traffic, int requests, int clients) {
        return new LoadSpec(requests, traffic.path(), clients, traffic.allHeaders(), traffic.inside() ? From.INSIDE
                : From.OUTSIDE);
    }

    /** Where the requests come from. */
    public enum From {
        OUTSIDE,
        INSIDE
    }
}
