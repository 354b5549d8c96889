package dev.trafficlab.embedded.mesh;

import dev.trafficlab.demo.Body;
import dev.trafficlab.demo.Headers;

/**
 * One HTTP request as it enters the mesh.
 *
 * @param origin where it enters
 * @param method as sent
 * @param authority the Host header, port included when there was one
 * @param target raw path with query
 * @param headers all headers but Host
 * @param peer the address and port the connection comes from, {@code 10.0.0.7:51234}
 * @param body what it carries, no bytes when there is nothing
 */
public record MeshRequest(Origin origin, String method, String authority, String target, Headers headers, String peer,
        Body body) {

    /** A request whose body is all there. */
    public MeshRequest(Origin origin, String method, String authority, String target, Headers headers, String peer,
            byte[] body) {
        this(origin, method, authority, target, headers, peer, Body.of(body));
    }

    /** Where a request enters the mesh. */
    public sealed interface Origin permits FromOutside, FromPod {}

    /** Through the ingress gateway, at a port of its Service (80 for plain HTTP). */
    public record FromOutside(int port) implements Origin {}

    /** From a pod: through its sidecar when it has one, else straight to the Service. */
    public record FromPod(String namespace, String pod) implements Origin {}
}
