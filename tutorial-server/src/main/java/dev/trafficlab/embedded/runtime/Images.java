package dev.trafficlab.embedded.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.trafficlab.demo.AppImage;
import dev.trafficlab.demo.backend.LoggerBackend;
import dev.trafficlab.demo.colors.Colors;
import dev.trafficlab.demo.echo.Echo;
import dev.trafficlab.demo.frontend.LoggerFrontend;

/** What can be pulled: the demo apps, and the images that stand for parts of the mesh itself. */
final class Images {

    private static final String REGISTRY = "docker.io/";

    private static final Map<String, AppImage> APPS = List.of(new Colors(), new LoggerBackend(), new LoggerFrontend(),
            new Echo()).stream().collect(Collectors.toUnmodifiableMap(AppImage::name, Function.identity()));

    private Images() {}

    static Optional<AppImage> app(String image) {
        return Optional.ofNullable(APPS.get(withoutRegistry(image)));
    }

    /** Whether the image is Istio's proxy or control plane, whose work the mesh does in this process. */
    static boolean isMesh(String image) {
        String name = withoutRegistry(image);
        return name.startsWith("istio/proxyv2:") || name.startsWith("istio/pilot:");
    }

    private static String withoutRegistry(String image) {
        return image.startsWith(REGISTRY) ? image.substring(REGISTRY.length()) : image;
    }
}
