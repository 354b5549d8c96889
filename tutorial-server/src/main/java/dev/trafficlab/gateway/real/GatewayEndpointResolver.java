package dev.trafficlab.gateway.real;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.readiness.Readiness;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.cluster.RealClusterSettings;

/**
 * Finds the way to a real ingress gateway: the configured address, the Service's load balancer, a node's port, or a port-forward through
 * the API server; the first that leads there. What was found is kept until it is found not to lead there any more. Thread-safe.
 */
public final class GatewayEndpointResolver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayEndpointResolver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int HTTP = 80;

    private final KubernetesClient client;
    private final RealClusterSettings settings;
    private volatile Optional<GatewayEndpoint> found = Optional.empty();
    private @Nullable LocalPortForward tunnel;

    public GatewayEndpointResolver(KubernetesClient client, RealClusterSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** The way in, if there is any. */
    Optional<GatewayEndpoint> find() {
        Optional<GatewayEndpoint> known = found;
        return known.isPresent() ? known : search();
    }

    /** Looks for another way when next asked. */
    synchronized void forget(GatewayEndpoint way) {
        if (found.filter(way::equals).isPresent()) {
            found = Optional.empty();
            closeTunnel();
        }
    }

    @Override
    public synchronized void close() {
        closeTunnel();
    }

    private synchronized Optional<GatewayEndpoint> search() {
        if (found.isEmpty()) {
            found = settings.gatewayUrl().isEmpty() ? inCluster()
                    : Optional.of(new GatewayEndpoint(settings.gatewayUrl().replaceAll("/$", ""),
                            "the configured address"));
            found.ifPresent(way -> LOG.atInfo()
                    .addKeyValue("route", way.how())
                    .addKeyValue("name", way.address())
                    .log("way to the ingress gateway found"));
        }
        return found;
    }

    private Optional<GatewayEndpoint> inCluster() {
        return Optional.ofNullable(client.services()
                .inNamespace(settings.gatewayNamespace())
                .withName(settings.gatewayName())
                .get())
                .flatMap(service -> port(service).flatMap(port -> Stream.<Supplier<Stream<GatewayEndpoint>>>of(
                        () -> balancer(service, port), () -> nodes(port))
                        .flatMap(Supplier::get)
                        .filter(GatewayEndpointResolver::leadsSomewhere)
                        .findFirst()
                        .or(() -> tunnel(service, port))));
    }

    private static Optional<ServicePort> port(Service service) {
        return service.getSpec().getPorts().stream().filter(port -> Objects.equals(port.getPort(), HTTP)).findFirst();
    }

    private static Stream<GatewayEndpoint> balancer(Service service, ServicePort port) {
        return Optional.ofNullable(service.getStatus())
                .map(status -> status.getLoadBalancer())
                .map(LoadBalancerStatus::getIngress)
                .orElse(List.of())
                .stream()
                .map(ingress -> Optional.ofNullable(ingress.getIp()).orElse(ingress.getHostname()))
                .filter(Objects::nonNull)
                .map(host -> way(host, port.getPort(), "its load balancer"));
    }

    private Stream<GatewayEndpoint> nodes(ServicePort port) {
        if (port.getNodePort() == null || port.getNodePort() == 0) {
            return Stream.empty();
        }
        try {
            return client.nodes()
                    .list()
                    .getItems()
                    .stream()
                    .filter(node -> node.getStatus() != null)
                    .flatMap(node -> node.getStatus().getAddresses().stream())
                    .filter(address -> address.getType().endsWith("IP"))
                    .map(NodeAddress::getAddress)
                    .map(host -> way(host, port.getNodePort(), "a node's port"));
        } catch (KubernetesClientException e) {
            LOG.atDebug().setCause(e).log("nodes cannot be listed");
            return Stream.empty();
        }
    }

    private Optional<GatewayEndpoint> tunnel(Service service, ServicePort port) {
        Map<String, String> selector = Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of());
        return client.pods()
                .inNamespace(settings.gatewayNamespace())
                .withLabels(selector)
                .list()
                .getItems()
                .stream()
                .filter(Readiness::isPodReady)
                .findFirst()
                .flatMap(pod -> targetPort(pod, port).map(target -> tunnel(pod, target)));
    }

    private GatewayEndpoint tunnel(Pod pod, int port) {
        closeTunnel();
        LocalPortForward opened = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .portForward(port);
        tunnel = opened;
        return way("localhost", opened.getLocalPort(), "a port-forward to the pod " + pod.getMetadata().getName());
    }

    private static Optional<Integer> targetPort(Pod pod, ServicePort port) {
        if (port.getTargetPort() == null) {
            return Optional.of(port.getPort());
        }
        Integer number = port.getTargetPort().getIntVal();
        return number != null ? Optional.of(number)
                : pod.getSpec()
                        .getContainers()
                        .stream()
                        .flatMap(container -> container.getPorts().stream())
                        .filter(named -> Objects.equals(named.getName(), port.getTargetPort().getStrVal()))
                        .map(named -> named.getContainerPort())
                        .findFirst();
    }

    /** Who refuses is there: an ingress gateway without a Gateway does not listen. */
    private static boolean leadsSomewhere(GatewayEndpoint way) {
        URI address = URI.create(way.address());
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) PATIENCE.toMillis());
            return true;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    private void closeTunnel() {
        LocalPortForward open = tunnel;
        tunnel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("port-forward already closed");
            }
        }
    }

    private static GatewayEndpoint way(String host, int port, String how) {
        return new GatewayEndpoint("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port, how);
    }
}
