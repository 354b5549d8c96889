package dev.trafficlab.embedded.mesh;

import java.util.Map;

/**
 * One destination of a route, with the share of requests that its weight asks for.
 *
 * @param host full name of the Service
 * @param subset name of the subset, empty for the whole Service
 * @param labels the subset's labels
 * @param percent the share of all requests
 */
public record WantedShare(String host, String subset, Map<String, String> labels, double percent) {

    public WantedShare {
        labels = Map.copyOf(labels);
    }
}
