package dev.trafficlab.embedded.mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trafficlab.demo.AppResponse;

/** What the client of the mesh sees. */
public sealed interface MeshAnswer {

    /**
     * Nobody listens on the port: there is no HTTP answer at all.
     *
     * @param reason why, and what would make it listen
     */
    record ConnectionRefused(String reason) implements MeshAnswer {}

    /**
     * An HTTP answer, of an app or of the proxy itself.
     *
     * @param response status, headers and body as the client gets them
     * @param flags Envoy's response flags ({@code NR}, {@code UH}, …), empty when all went well
     * @param upstream the pod that answered, absent when the proxy did
     */
    record Answered(AppResponse response, List<String> flags, Optional<Upstream> upstream) implements MeshAnswer {

        public Answered {
            flags = List.copyOf(flags);
        }
    }

    /**
     * The pod that answered.
     *
     * @param namespace its namespace
     * @param pod its name
     * @param address its IP and port
     * @param labels its labels
     */
    record Upstream(String namespace, String pod, String address, Map<String, String> labels) {

        public Upstream {
            labels = Map.copyOf(labels);
        }
    }
}
