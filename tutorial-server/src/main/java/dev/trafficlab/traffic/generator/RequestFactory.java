package dev.trafficlab.traffic.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.traffic.ClientIdentity;
import dev.trafficlab.traffic.LoadSpec;

/** Turns an order into the requests it asks for. */
public final class RequestFactory {

    private static final byte[] NO_BODY = {};
    private static final int INGRESS_PORT = 80;
    private static final int HOSTS_A_NET = 250;

    private final MeshRequest.Origin origin;
    private final String authority;
    private final String method;
    private final String path;
    private final Headers headers;
    private final int clients;
    private final ClientIdentity identity;

    private RequestFactory(MeshRequest.Origin origin, String authority, LoadSpec order) {
        this.origin = origin;
        this.authority = host(order).orElse(authority);
        this.method = order.method();
        this.path = order.path();
        this.headers = headers(order);
        this.clients = order.clients();
        this.identity = order.identity();
    }

    /** Requests from outside, through the ingress gateway. */
    public static RequestFactory outside(LoadSpec order) {
        return new RequestFactory(new MeshRequest.FromOutside(INGRESS_PORT), "localhost", order);
    }

    /** Requests from a pod of the namespace to a Service, unless the order names another host. */
    static RequestFactory inside(LoadSpec order, String namespace, String pod, String service) {
        return new RequestFactory(new MeshRequest.FromPod(namespace, pod), service, order);
    }

    /** The request of that index, counted from 0; the clients take turns. */
    public MeshRequest request(long index) {
        int client = client(index);
        boolean byAddress = identity.by() == ClientIdentity.By.ADDRESS;
        return new MeshRequest(origin, method, authority, path, headersOf(client), peer(byAddress ? client : 0),
                NO_BODY);
    }

    /** Whose turn the request of that index is. */
    int client(long index) {
        return (int) (index % clients);
    }

    private Headers headersOf(int client) {
        String value = "client-" + (client + 1);
        return switch (identity.by()) {
            case ADDRESS -> headers;
            case HEADER -> headers.minus(identity.name()).plus(identity.name(), value);
            case COOKIE -> headers.minus("cookie")
                    .plus("cookie", headers.first("cookie")
                            .map(given -> given + "; ")
                            .orElse("") + identity.name() + "=" + value);
        };
    }

    /** A client keeps its address for good, so that whatever hashes by it stays the same. */
    static String peer(int client) {
        return "10.200." + client / HOSTS_A_NET + "." + (client % HOSTS_A_NET + 1) + ":" + (30_000 + client);
    }

    private static Optional<String> host(LoadSpec order) {
        return order.headers()
                .entrySet()
                .stream()
                .filter(header -> header.getKey().equalsIgnoreCase("host"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Headers headers(LoadSpec order) {
        List<Headers.Field> fields = new ArrayList<>();
        order.headers().forEach((name, value) -> fields.add(new Headers.Field(name, value)));
        Headers given = new Headers(fields).minus("host");
        Headers agent = given.first("user-agent").isPresent() ? given : given.plus("user-agent", "traffic-lab");
        return agent.first("accept").isPresent() ? agent : agent.plus("accept", "*/*");
    }
}
