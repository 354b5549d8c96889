package dev.trafficlab.course;

import java.util.List;
import java.util.Optional;

/**
 * One Markdown page with the manifests it applies and the checks that end it.
 *
 * @param id its name in addresses, e.g. {@code destination-rules}
 * @param number 1 for the first
 * @param title its heading
 * @param label a word or two for the progress bar
 * @param minutes how long reading and trying takes
 * @param intro the prose before the Apply card, as safe HTML
 * @param explanation the prose after the Check card, as safe HTML
 * @param manifests what Apply sends, in order
 * @param restartsDeployments whether every Deployment is restarted after that
 * @param checks what must hold for the step to be passed, in order
 * @param traffic the traffic to offer beside the step
 * @param prediction the question to answer before Apply
 */
public record Step(String id, int number, String title, String label, int minutes, String intro, String explanation,
        List<Manifest> manifests, boolean restartsDeployments, List<Check> checks, Traffic traffic,
        Optional<Prediction> prediction) {

    public Step {
        manifests = List.copyOf(manifests);
        checks = List.copyOf(checks);
    }

    /** A step that asks nothing beforehand. */
    public Step(String id, int number, String title, String label, int minutes, String intro, String explanation,
            List<Manifest> manifests, boolean restartsDeployments, List<Check> checks, Traffic traffic) {
        this(id, number, title, label, minutes, intro, explanation, manifests, restartsDeployments, checks, traffic,
                Optional.empty());
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
     * The traffic that shows what the step is about.
     *
     * @param path the path to ask for
     * @param inside whether it comes from a pod of the lab and asks the Service {@code colors}, instead of the ingress gateway
     */
    public record Traffic(String path, boolean inside) {}
}
