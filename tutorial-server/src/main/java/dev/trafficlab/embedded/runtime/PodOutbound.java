package dev.trafficlab.embedded.runtime;

import java.io.IOException;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Outbound;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshAnswer.ConnectionRefused;
import dev.trafficlab.embedded.mesh.MeshRequest;

/** An app's calls to others, which leave its pod and enter the mesh. */
record PodOutbound(PodIdentity pod, Network network) implements Outbound {

    /** Any port will do: connections are not told apart by it. */
    private static final String PORT = ":40000";

    @Override
    public AppResponse send(String authority, AppRequest request) throws IOException {
        MeshRequest outgoing = new MeshRequest(new MeshRequest.FromPod(pod.namespace(), pod.name()), request.method(),
                authority, request.target(), request.headers(), pod.ip() + PORT, request.body());
        return switch (network.send(pod.namespace(), outgoing)) {
            case Answered answered -> answered.response();
            case ConnectionRefused refused -> throw new IOException("connection refused: " + refused.reason());
        };
    }
}
