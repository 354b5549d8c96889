package dev.trafficlab.course;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One Markdown page with the manifests it applies and the checks that end it.
 *
 * @param id its name in addresses, e.g. {@code open-the-door}
 * @param number 1 for the first
 * @param title its heading
 * @param label a word or two for the progress bar
 * @param minutes how long reading and trying takes
 * @param intro the prose before the Apply card, as safe HTML
 * @param explanation the prose between the Apply card and the Check card, as safe HTML
 * @param manifests what Apply sends, in order
 * @param restartsDeployments whether every Deployment is restarted after that
 * @param checks what must hold for the step to be passed, in order
 * @param traffic the traffic to offer beside the step
 * @param prediction the question to answer before Apply
 * @param exercise what the learner may do alone at the end
 */
public record Step(String id, int number, String title, String label, int minutes, String intro, String explanation,
        List<Manifest> manifests, boolean restartsDeployments, List<Check> checks, Traffic traffic,
        Optional<Prediction> prediction, Optional<Exercise> exercise) {

    public Step {
        manifests = List.copyOf(manifests);
        checks = List.copyOf(checks);
    }

    /** A step that asks nothing, neither beforehand nor at its end. */
    public Step(String id, int number, String title, String label, int minutes, String intro, String explanation,
            List<Manifest> manifests, boolean restartsDeployments, List<Check> checks, Traffic traffic) {
        this(id, number, title, label, minutes, intro, explanation, manifests, restartsDeployments, checks, traffic,
                Optional.empty(), Optional.empty());
    }

    /**
     * A file of Kubernetes objects.
     *
     * @param file its name, e.g. {@code gateway.yaml}
     * @param yaml its text
     * @param html its text highlighted, as a {@code pre} element of safe HTML: each line a span of the class {@code line}, and
     *     {@code marked} where the step explains it
     */
    public record Manifest(String file, String yaml, String html) {}

    /**
     * The traffic that shows what the step is about: what the generator offers beside it.
     *
     * @param path the path to ask for
     * @param host the Host to ask, empty for the usual one
     * @param headers headers of every request
     * @param clients how many different clients take turns
     * @param rate requests a second for traffic that goes on
     * @param inside whether it comes from a pod of the lab instead of through the ingress gateway
     * @param expect the status that such a request should get after the step
     */
    public record Traffic(String path, String host, Map<String, String> headers, int clients, int rate, boolean inside,
            int expect) {

        /** Clients of a preset that does not say how many. */
        public static final int USUAL_CLIENTS = 1;

        /** The rate of a preset that does not say which. */
        public static final int USUAL_RATE = 20;

        public Traffic {
            headers = Map.copyOf(headers);
        }

        /** Plain requests that are to be answered well. */
        public Traffic(String path, boolean inside) {
            this(path, "", Map.of(), USUAL_CLIENTS, USUAL_RATE, inside, 200);
        }

        /** All headers, each as {@code name: value} on a line of its own. */
        public String headerLines() {
            return allHeaders().entrySet()
                    .stream()
                    .map(header -> header.getKey() + ": " + header.getValue())
                    .sorted()
                    .collect(Collectors.joining("\n"));
        }

        /** All headers, the Host among them. */
        public Map<String, String> allHeaders() {
            if (host.isEmpty()) {
                return headers;
            }
            Map<String, String> all = new HashMap<>(headers);
            all.put("Host", host);
            return Map.copyOf(all);
        }
    }
}
