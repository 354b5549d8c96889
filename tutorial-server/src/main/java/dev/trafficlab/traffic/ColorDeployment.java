package dev.trafficlab.traffic;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/**
 * A Deployment of the colors app.
 *
 * @param name its name
 * @param color the colour that its pods report
 * @param labels its pods' labels
 * @param replicas how many pods it wants
 */
record ColorDeployment(String name, String color, Map<String, String> labels, int replicas) {

    /** Whatever registry it comes from. */
    private static final Pattern IMAGE = Pattern.compile("(.*/)?colors(:[^/]*)?(@.*)?");
    private static final String UNSET = "red";

    ColorDeployment {
        labels = Map.copyOf(labels);
    }

    /** The Deployment as one of colors, if it is one. */
    static Optional<ColorDeployment> of(Deployment deployment) {
        PodTemplateSpec template = deployment.getSpec().getTemplate();
        Map<String, String> labels = Objects.requireNonNullElse(template.getMetadata().getLabels(), Map.of());
        int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
        return template.getSpec()
                .getContainers()
                .stream()
                .filter(container -> IMAGE.matcher(image(container))
                        .matches())
                .findFirst()
                .map(container -> new ColorDeployment(deployment.getMetadata().getName(), color(container), labels,
                        replicas));
    }

    /** Whether its pods carry all the labels. */
    boolean matches(Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet());
    }

    String version() {
        return labels.getOrDefault("version", "");
    }

    private static String image(Container container) {
        return Objects.requireNonNullElse(container.getImage(), "");
    }

    private static String color(Container container) {
        return container.getEnv()
                .stream()
                .filter(variable -> variable.getName().equals("COLOR"))
                .map(variable -> Objects.requireNonNullElse(variable.getValue(), ""))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(UNSET);
    }
}
