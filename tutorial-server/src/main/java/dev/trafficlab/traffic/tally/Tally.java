package dev.trafficlab.traffic.tally;

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
import dev.trafficlab.course.Experiment.TallyService;

/** The counts that an app of the lab keeps, as the experiment says, reached through the API server's service proxy as on any cluster. */
public final class Tally {

    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    /** Nobody answers: the service, or its pods, are not there. */
    private static final Set<Integer> NOT_RUNNING = Set.of(404, 502, 503);

    /** Anybody in the lab may report anything; more than these would drown the page. */
    private static final int MOST_NAMES = 50;

    private static final long MOST_COUNTED = 1_000_000_000_000L;

    private static final int ATTEMPTS = 3;

    /** fabric8's client over the JDK's sends a GET, whatever it is told, where there is no body at all. */
    private static final String EMPTY = "";

    private final Cluster cluster;

    /** The tallies of this cluster's labs. */
    public Tally(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Requests by what the subject reports; empty where the service does not answer. */
    public Optional<Map<String, Long>> read(String namespace, TallyService service) {
        return call(namespace, service, "GET").map(Tally::parse);
    }

    /** All requests. */
    public long total(String namespace, TallyService service) {
        return read(namespace, service).orElse(Map.of()).values().stream().mapToLong(Long::longValue).sum();
    }

    /** Sets all counts back to nothing. A service that was there all the time but could not be reached is asked again. */
    public void delete(String namespace, TallyService service) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (call(namespace, service, "DELETE").isPresent() || total(namespace, service) == 0) {
                return;
            }
        }
        throw new IllegalStateException("The tally of " + namespace + " counts but does not delete");
    }

    /** Its answer, if it runs. */
    private Optional<String> call(String namespace, TallyService service, String method) {
        try {
            String answer = cluster.client()
                    .raw("/api/v1/namespaces/" + namespace + "/services/" + service.service() + ":" + service.port()
                            + "/proxy/", method, method.equals("GET") ? null : EMPTY);
            return Optional.of(answer == null ? "" : answer);
        } catch (KubernetesClientException e) {
            if (NOT_RUNNING.contains(e.getCode())) {
                LOG.atDebug()
                        .addKeyValue("namespace", namespace)
                        .addKeyValue("status", e.getCode())
                        .log("no tally");
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What it answers is a stranger's word: whatever is no count is left out. */
    static Map<String, Long> parse(String json) {
        Map<String, Long> counts = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> entry : JsonMapper.shared().readTree(json).properties()) {
                if (entry.getValue().canConvertToLong() && entry.getValue().asLong() > 0
                        && entry.getValue().asLong() <= MOST_COUNTED && counts
                                .size() < MOST_NAMES) {
                    counts.put(entry.getKey(), entry.getValue().asLong());
                }
            }
        } catch (JacksonException e) {
            LOG.atDebug().setCause(e).log("tally is not JSON");
        }
        return counts;
    }
}
