package dev.trafficlab.traffic;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.trafficlab.cluster.Cluster;

/** The counts that a lab's logging backend keeps, reached through the API server's service proxy as on any cluster. */
final class Tally {

    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    /** A backend that does not run is one that has counted nothing. */
    private static final Set<Integer> NOT_RUNNING = Set.of(404, 502, 503);

    /** Anybody in the lab may post colours; more than these would drown the page. */
    private static final int MOST_COLORS = 50;

    private static final int ATTEMPTS = 3;

    /** fabric8's client over the JDK's sends a GET, whatever it is told, where there is no body at all. */
    private static final String EMPTY = "";

    private final Cluster cluster;

    Tally(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Requests by colour. */
    Map<String, Long> read(String namespace) {
        return call(namespace, "GET").map(Tally::parse).orElse(Map.of());
    }

    /** Requests of all colours. */
    long total(String namespace) {
        return read(namespace).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Sets all counts back to nothing. A backend that was there all the time but could not be reached is asked again. */
    void delete(String namespace) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (call(namespace, "DELETE").isPresent() || read(namespace).isEmpty()) {
                return;
            }
        }
        throw new IllegalStateException("The logging backend of " + namespace + " counts but does not delete");
    }

    /** Its answer, if it runs. */
    private Optional<String> call(String namespace, String method) {
        try {
            String answer = cluster.client()
                    .raw("/api/v1/namespaces/" + namespace
                            + "/services/logger-backend:http/proxy/", method, method.equals("GET") ? null : EMPTY);
            return Optional.of(answer == null ? "" : answer);
        } catch (KubernetesClientException e) {
            if (NOT_RUNNING.contains(e.getCode())) {
                LOG.atDebug()
                        .addKeyValue("namespace", namespace)
                        .addKeyValue("status", e.getCode())
                        .log("no logging backend");
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What the backend answers is a stranger's word: whatever is no count is left out. */
    static Map<String, Long> parse(String json) {
        Map<String, Long> counts = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry : JsonMapper.shared().readTree(json).properties()) {
                if (entry.getValue().canConvertToLong() && entry.getValue().asLong() > 0 && counts
                        .size() < MOST_COLORS) {
                    counts.put(entry.getKey(), entry.getValue().asLong());
                }
            }
        } catch (JacksonException e) {
            LOG.atDebug().setCause(e).log("tally is not JSON");
        }
        return counts;
    }
}
