package dev.trafficlab.embedded.runtime;

import java.util.List;
import java.util.Map;

/**
 * What a container is started from.
 *
 * @param container its name in the pod
 * @param id which of the container's runs this is
 * @param image the image as the manifest writes it
 * @param command what to run instead of the image's own program; empty for the latter
 * @param variables its environment
 */
public record Launch(String container, String id, String image, List<String> command, Map<String, String> variables) {

    public Launch {
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
    }
}
