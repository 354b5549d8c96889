package dev.trafficlab.traffic;

import java.util.Map;

/**
 * Requests to send on the learner's behalf.
 *
 * @param requests how many, 1 to 10,000
 * @param path the path, with query
 * @param clients how many different clients (source addresses) take turns, at least 1
 * @param headers headers of every request; {@code Host} sets the authority
 * @param from outside through the ingress gateway, or inside from a pod
 */
public record TrafficOrder(int requests, String path, int clients, Map<String, String> headers, From from) {

    public TrafficOrder {
        headers = Map.copyOf(headers);
    }

    /** Where the requests come from. */
    public enum From {
        OUTSIDE, INSIDE
    }
}
