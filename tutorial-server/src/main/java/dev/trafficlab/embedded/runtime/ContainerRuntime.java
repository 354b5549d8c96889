package dev.trafficlab.embedded.runtime;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.demo.AppEnvironment;
import dev.trafficlab.demo.AppImage;
import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.AppServer;
import dev.trafficlab.demo.DemoApp;
import dev.trafficlab.demo.InvalidEnvironmentException;
import dev.trafficlab.embedded.api.PodAccess;
import dev.trafficlab.embedded.mesh.Upstreams;
import dev.trafficlab.embedded.mesh.Upstreams.UpstreamFailure;

/** The node's container runtime and network: starts containers, and carries requests to the pods by their addresses. */
public final class ContainerRuntime implements PodAccess {

    /** The demo apps listen here and nowhere else, as {@code EXPOSE} in their images says. */
    public static final int PORT = AppServer.DEFAULT_PORT;

    private final Map<String, Sandbox> byAddress = new ConcurrentHashMap<>();
    private final Map<String, Sandbox> byUid = new ConcurrentHashMap<>();
    private final Map<String, Sandbox> byName = new ConcurrentHashMap<>();
    private final Network network;
    private final InstantSource clock;
    private final Calls calls = new Calls();
    private final CountDownLatch restored = new CountDownLatch(1);

    /** A runtime without pods, whose apps reach each other through the network. */
    public ContainerRuntime(Network network, InstantSource clock) {
        this.network = network;
        this.clock = clock;
    }

    /** Tells that every pod of an earlier process is back: calls to addresses that nobody has need no longer wait for them. */
    public void restored() {
        restored.countDown();
    }

    /** Whether the image can be pulled. */
    public boolean hasImage(String image) {
        return Images.app(image).isPresent() || Images.isMesh(image);
    }

    /** The pod's place on the network, if it has one. */
    public Optional<PodIdentity> find(String uid) {
        return Optional.ofNullable(byUid.get(uid)).map(Sandbox::pod);
    }

    /** Gives the pod its place on the network; false when another pod has the address. */
    public boolean add(PodIdentity pod) {
        Sandbox sandbox = byAddress.computeIfAbsent(pod.ip(), _ -> new Sandbox(pod));
        if (!sandbox.pod().equals(pod)) {
            return false;
        }
        byUid.put(pod.uid(), sandbox);
        byName.put(name(pod.namespace(), pod.name()), sandbox);
        return true;
    }

    /** Stops the pod's containers and takes it off the network; gone already is fine. */
    public void remove(PodIdentity pod) {
        Sandbox sandbox = byUid.remove(pod.uid());
        if (sandbox != null) {
            byAddress.remove(pod.ip(), sandbox);
            byName.remove(name(pod.namespace(), pod.name()), sandbox);
            sandbox.end();
        }
    }

    /** Starts a container in the pod's place on the network, which it must have; a run that was started already goes on. */
    public LaunchOutcome launch(PodIdentity pod, Launch launch) {
        Sandbox sandbox = byAddress.get(pod.ip());
        if (sandbox == null) {
            throw new IllegalStateException("pod " + pod.namespace() + "/" + pod.name() + " is not on the network");
        }
        if (sandbox.runs(launch.container(), launch.id())) {
            return new LaunchOutcome.Running();
        }
        ContainerLog log = new ContainerLog(clock);
        Optional<AppImage> image = Images.app(launch.image());
        if (!launch.command().isEmpty() && image.isPresent()) {
            sandbox.put(new Container(launch.container(), launch.id(), log, null, true));
            return new LaunchOutcome.Exited(128, "StartError", "failed to create containerd task: exec: \""
                    + launch.command().getFirst() + "\": executable file not found in $PATH");
        }
        return image.map(app -> launch(sandbox, launch, app, log)).orElseGet(() -> {
            log.add("started; the embedded mesh does this container's work");
            sandbox.put(new Container(launch.container(), launch.id(), log, null, false));
            return new LaunchOutcome.Running();
        });
    }

    private LaunchOutcome launch(Sandbox sandbox, Launch launch, AppImage image, ContainerLog log) {
        DemoApp app = null;
        try {
            AppEnvironment environment = new AppEnvironment(launch.variables(), sandbox.pod().name(),
                    new PodOutbound(sandbox.pod(), network), log::add);
            app = startUnlessTaken(sandbox, launch.container(), image, environment);
            return new LaunchOutcome.Running();
        } catch (InvalidEnvironmentException refused) {
            log.add(refused.getMessage());
            return new LaunchOutcome.Exited(1, "Error", "");
        } finally {
            sandbox.put(new Container(launch.container(), launch.id(), log, app, app == null));
        }
    }

    /** Containers of a pod share its ports, so the second app that wants to listen cannot. */
    private static DemoApp startUnlessTaken(Sandbox sandbox, String container, AppImage image,
            AppEnvironment environment) throws InvalidEnvironmentException {
        Optional<String> other = sandbox.listening().filter(name -> !name.equals(container));
        if (other.isPresent()) {
            throw new InvalidEnvironmentException("cannot listen on port " + PORT + ": container " + other.get()
                    + " of this pod does already");
        }
        return image.start(environment);
    }

    /** The namespace's pods as its proxies reach them. Whatever address an object may claim, no other namespace's pod answers. */
    public Upstreams upstreams(String namespace) {
        return (address, port, request, timeout) -> {
            DemoApp app = app(namespace, address, port);
            if (app == null) {
                throw new UpstreamFailure(UpstreamFailure.Kind.REFUSED);
            }
            return timeout.isPresent() ? calls.call(app, request, timeout.get()) : calls.call(app, request);
        };
    }

    @Override
    public AppResponse call(String namespace, String podIp, int port, AppRequest request) throws IOException {
        DemoApp app = app(namespace, podIp, port);
        if (app == null) {
            throw new IOException("connect: connection refused");
        }
        return calls.call(app, request);
    }

    private @Nullable DemoApp app(String namespace, String address, int port) {
        if (port != PORT) {
            return null;
        }
        DemoApp app = app(namespace, address);
        if (app == null && restored.getCount() > 0) {
            awaitRestoration();
            app = app(namespace, address);
        }
        return app;
    }

    private @Nullable DemoApp app(String namespace, String address) {
        Sandbox sandbox = byAddress.get(address);
        return sandbox == null || !sandbox.pod().namespace().equals(namespace) ? null : sandbox.app().orElse(null);
    }

    private void awaitRestoration() {
        try {
            var _ = restored.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<LogLine> logs(String namespace, String pod, String container) {
        return container(namespace, pod, container).map(found -> found.log().lines()).orElse(List.of());
    }

    @Override
    public AutoCloseable follow(String namespace, String pod, String container, Consumer<LogLine> consumer,
            Runnable ended) {
        Optional<Container> found = container(namespace, pod, container);
        if (found.isEmpty()) {
            ended.run();
            return () -> {};
        }
        return found.get().log().follow(consumer, ended);
    }

    private Optional<Container> container(String namespace, String pod, String container) {
        return Optional.ofNullable(byName.get(name(namespace, pod))).flatMap(found -> found.container(container));
    }

    private static String name(String namespace, String pod) {
        return namespace + "/" + pod;
    }
}
