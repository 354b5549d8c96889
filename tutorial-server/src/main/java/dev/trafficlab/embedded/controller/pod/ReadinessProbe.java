package dev.trafficlab.embedded.controller.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.embedded.runtime.ContainerRuntime;
import dev.trafficlab.embedded.runtime.PodIdentity;

/** Asks an app whether it is ready, where its container says how to ask. */
record ReadinessProbe(ContainerRuntime runtime) {

    /** Why the container is not ready, if it is not. */
    Optional<String> failure(PodIdentity pod, JsonNode container) {
        JsonNode probe = container.path("readinessProbe");
        if (container.path("name").asText().equals(Sidecar.PROXY)) {
            return Optional.empty(); // its health port is the mesh's own, and the mesh is up
        }
        if (probe.has("httpGet")) {
            return get(pod, container, probe.path("httpGet"));
        }
        if (probe.has("tcpSocket")) {
            int port = port(container, probe.path("tcpSocket").path("port"));
            return port == ContainerRuntime.PORT ? Optional.empty() : Optional.of(refused(pod, port));
        }
        return probe.has("exec") ? Optional.of("executable file not found in $PATH") : Optional.empty();
    }

    static Duration period(JsonNode container) {
        return Duration.ofSeconds(Math.max(1, container.path("readinessProbe").path("periodSeconds").asInt(10)));
    }

    private Optional<String> get(PodIdentity pod, JsonNode container, JsonNode get) {
        int port = port(container, get.path("port"));
        String path = get.path("path").asText("/");
        try {
            int status = runtime.call(pod.namespace(), pod.ip(), port, AppRequest.of("GET", pod.ip() + ":" + port,
                    path)).status();
            return status >= 200 && status < 400
                    ? Optional.empty()
                    : Optional.of("HTTP probe failed with statuscode: " + status);
        } catch (IOException e) {
            return Optional.of("Get \"http://" + pod.ip() + ":" + port + path + "\": dial tcp " + pod.ip() + ":" + port
                    + ": "
                    + e.getMessage());
        }
    }

    private static String refused(PodIdentity pod, int port) {
        return "dial tcp " + pod.ip() + ":" + port + ": connect: connection refused";
    }

    /** A port is given by its number, or by the name that the container gives it. */
    private static int port(JsonNode container, JsonNode port) {
        for (JsonNode declared : container.path("ports")) {
            if (port.isTextual() && declared.path("name").asText().equals(port.asText())) {
                return declared.path("containerPort").asInt();
            }
        }
        return port.asInt();
    }
}
