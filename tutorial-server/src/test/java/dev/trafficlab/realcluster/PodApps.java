package dev.trafficlab.realcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppImage;
import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.InvalidEnvironmentException;
import dev.trafficlab.demo.Outbound;
import dev.trafficlab.demo.backend.LoggerBackend;
import dev.trafficlab.demo.colors.Colors;
import dev.trafficlab.demo.echo.Echo;
import dev.trafficlab.demo.frontend.LoggerFrontend;

/** Runs the demo apps of pods. They reach each other by the names of Services, as the cluster's EndpointSlices have them. */
record PodApps(KubernetesClient client, PodTunnel tunnel) {

    private static final Map<String, AppImage> IMAGES = List
            .of(new Colors(), new LoggerBackend(), new LoggerFrontend(), new Echo())
            .stream()
            .collect(Collectors.toUnmodifiableMap(AppImage::name, Function.identity()));

    /** Starts the app of the first container whose image is one of ours, if there is any. */
    Optional<RunningPod> start(Pod pod, String ip) {
        return pod.getSpec()
                .getContainers()
                .stream()
                .flatMap(container -> Optional.ofNullable(IMAGES.get(container.getImage()))
                        .stream()
                        .map(image -> start(pod, container, image, ip)))
                .findFirst();
    }

    private RunningPod start(Pod pod, Container container, AppImage image, String ip) {
        String namespace = pod.getMetadata().getNamespace();
        Map<String, String> variables = container.getEnv()
                .stream()
                .filter(variable -> variable.getValue() != null)
                .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        try {
            AppServer server = AppServer.start(inside(image, namespace), variables,
                    pod.getMetadata().getName(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    line -> {});
            tunnel.route(ip, AppServer.DEFAULT_PORT, server.port());
            return new RunningPod(server, tunnel, ip);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidEnvironmentException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The image with its way out led to the pods of the namespace. */
    private AppImage inside(AppImage image, String namespace) {
        return new AppImage() {
            @Override
            public String name() {
                return image.name();
            }

            @Override
            public DemoApp start(AppEnvironment outer) throws InvalidEnvironmentException {
                return image.start(new AppEnvironment(outer.variables(), outer.hostname(),
                        (authority, request) -> send(outer.outbound(), namespace, authority, request), outer.log()));
            }
        };
    }

    private AppResponse send(Outbound direct, String namespace, String authority, AppRequest request)
            throws IOException {
        String service = authority.replaceFirst("[.:].*", "");
        try {
            List<EndpointSlice> slices = client.discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace(namespace)
                    .withLabel("kubernetes.io/service-name", service)
                    .list()
                    .getItems();
            List<Integer> ports = slices.stream()
                    .flatMap(slice -> slice.getEndpoints().stream())
                    .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
                    .map(Endpoint::getAddresses)
                    .flatMap(List::stream)
                    .flatMap(ip -> tunnel.port(ip, AppServer.DEFAULT_PORT).stream())
                    .toList();
            if (ports.isEmpty()) {
                throw new IOException("no ready endpoint of " + service);
            }
            int port = ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
            return direct.send("127.0.0.1:" + port, request);
        } catch (KubernetesClientException unreachable) {
            throw new IOException(unreachable);
        }
    }
}
