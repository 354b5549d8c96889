package dev.trafficlab.embedded.controller.pod;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.controller.Backoff;
import dev.trafficlab.embedded.controller.EventRecorder.EventMessage;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.controller.Timestamps;
import dev.trafficlab.embedded.controller.pod.ContainerEnvironment.MissingException;
import dev.trafficlab.embedded.runtime.ContainerRuntime;
import dev.trafficlab.embedded.runtime.Launch;
import dev.trafficlab.embedded.runtime.LaunchOutcome;
import dev.trafficlab.embedded.runtime.PodIdentity;

/** Starts a pod's containers and tells what became of them. */
final class Kubelet {

    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(5);
    private static final Duration CONFIG_RETRY = Duration.ofSeconds(5);

    private final ObjectClient state;
    private final ContainerRuntime runtime;
    private final ReadinessProbe probe;
    private final Backoff backoff;
    private final InstantSource clock;
    private final UUID boot;
    private final Duration phase;

    Kubelet(ObjectClient state, ContainerRuntime runtime, Backoff backoff, InstantSource clock, UUID boot,
            Duration phase) {
        this.state = state;
        this.runtime = runtime;
        this.probe = new ReadinessProbe(runtime);
        this.backoff = backoff;
        this.clock = clock;
        this.boot = boot;
        this.phase = phase;
    }

    /**
     * What a look at the pod brought.
     *
     * @param initContainers the statuses of the init containers
     * @param containers the statuses of the containers
     * @param happenings what to tell about it
     * @param later when to look again
     */
    record SyncResult(List<ObjectNode> initContainers, List<ObjectNode> containers, List<EventMessage> happenings,
            Optional<Duration> later) {

        boolean isInitialized() {
            return initContainers.stream()
                    .allMatch(status -> status.path("ready").asBoolean()
                            || ContainerStatus.isRunning(status));
        }
    }

    /** One look at a pod that has its place on the network: starts what is due. */
    SyncResult sync(Resource pod, PodIdentity identity) {
        PodSync visit = new PodSync(pod, identity);
        boolean initialized = true;
        for (JsonNode container : pod.spec().path("initContainers")) {
            ObjectNode status = initialized
                    ? visit.sync(container, pod.status().path("initContainerStatuses"), true)
                    : visit.waiting(container, "PodInitializing");
            visit.inits.add(status);
            boolean sidecar = container.path("restartPolicy").asText().equals("Always");
            initialized &= ContainerStatus.isRunning(status) ? sidecar : status.path("ready").asBoolean();
        }
        for (JsonNode container : pod.spec().path("containers")) {
            visit.containers.add(initialized
                    ? visit.sync(container, pod.status().path("containerStatuses"), false)
                    : visit.waiting(container, "PodInitializing"));
        }
        return new SyncResult(visit.inits, visit.containers, visit.happenings, visit.later);
    }

    /** Gathers what one look at one pod brings. */
    private final class PodSync {

        private final Resource pod;
        private final PodIdentity identity;
        private final String now = Timestamps.now(clock);
        private final List<ObjectNode> inits = new ArrayList<>();
        private final List<ObjectNode> containers = new ArrayList<>();
        private final List<EventMessage> happenings = new ArrayList<>();
        private Optional<Duration> later = Optional.empty();

        PodSync(Resource pod, PodIdentity identity) {
            this.pod = pod;
            this.identity = identity;
        }

        ObjectNode waiting(JsonNode container, String reason) {
            return ContainerStatus.waiting(container, JsonNodeFactory.instance.missingNode(), reason, "");
        }

        ObjectNode sync(JsonNode container, JsonNode statuses, boolean init) {
            JsonNode status = ContainerStatus.of(statuses, container);
            String id = id(container, status);
            boolean thisRun = status.path("containerID").asText().equals(id);
            if (init && status.path("state").has("terminated") && status.path("ready").asBoolean()) {
                return status.deepCopy();
            }
            if (ContainerStatus.isRunning(status)) {
                return thisRun ? probed(container, status) : restarted(container, status);
            }
            return switch (ContainerStatus.waitingReason(status)) {
                case "CrashLoopBackOff" -> afterCrash(container, status);
                case "ErrImagePull", "ImagePullBackOff" -> runtime.hasImage(container.path("image").asText())
                        ? start(container, status)
                        : notPulled(container, status);
                default -> start(container, status);
            };
        }

        private String id(JsonNode container, JsonNode status) {
            return ContainerStatus.id(boot, pod, container, status.path("restartCount").asInt());
        }

        /** A run that ended with the node's last boot, or with a change of the image. */
        private ObjectNode restarted(JsonNode container, JsonNode status) {
            boolean sameImage = status.path("image").asText().equals(container.path("image").asText());
            if (!sameImage) {
                happenings.add(EventMessage.normal("Killing", "Container " + name(container)
                        + " definition changed, will be restarted").of(name(container)));
            }
            ObjectNode ended = ended(status, ContainerStatus.terminated(255, "Unknown", "",
                    status.path("containerID").asText(), status.at("/state/running/startedAt").asText(), now));
            int told = happenings.size();
            ObjectNode again = start(container, ended);
            if (sameImage) {
                happenings.subList(told, happenings.size()).clear(); // a reboot is no news of the container
            }
            return again;
        }

        private ObjectNode ended(JsonNode status, ObjectNode terminated) {
            ObjectNode ended = status.deepCopy();
            ended.put("restartCount", status.path("restartCount").asInt() + 1);
            ended.putObject("lastState").set("terminated", terminated);
            return ended;
        }

        private ObjectNode afterCrash(JsonNode container, JsonNode status) {
            Duration wait = crashBackoff(status);
            Optional<Duration> left = backoff.remaining(key(container), "crash-" + status.path("restartCount").asInt(),
                    wait);
            left.ifPresent(this::lookAgain);
            ObjectNode again = status.deepCopy();
            return left.isPresent()
                    ? again
                    : start(container, again.put("restartCount", status.path("restartCount").asInt() + 1));
        }

        private ObjectNode start(JsonNode container, JsonNode before) {
            String image = container.path("image").asText();
            if (!runtime.hasImage(image)) {
                return notPulled(container, before);
            }
            tellPull(container, image);
            try {
                Map<String, String> variables = ContainerEnvironment.of(state, pod, identity.ip(), container);
                List<String> command = new ArrayList<>();
                container.path("command").forEach(part -> command.add(part.asText()));
                LaunchOutcome outcome = runtime.launch(identity, new Launch(name(container),
                        id(container, before), image, command, variables));
                happenings.add(EventMessage.normal("Created", "Created container: " + name(container))
                        .of(name(container)));
                return switch (outcome) {
                    case LaunchOutcome.Running() -> started(container, before);
                    case LaunchOutcome.Exited exited -> crashed(container, before, exited);
                };
            } catch (MissingException missing) {
                happenings.add(EventMessage.warning("Failed", "Error: " + missing.getMessage()).of(name(container)));
                lookAgain(CONFIG_RETRY);
                return ContainerStatus.waiting(container, before, "CreateContainerConfigError", missing.getMessage());
            }
        }

        private void tellPull(JsonNode container, String image) {
            if (container.path("imagePullPolicy").asText().equals("Always")) {
                happenings.add(EventMessage.normal("Pulling", "Pulling image \"" + image + "\"").of(name(container)));
                happenings.add(EventMessage.normal("Pulled", "Successfully pulled image \"" + image + "\"")
                        .of(name(container)));
            } else {
                happenings.add(EventMessage.normal("Pulled", "Container image \"" + image
                        + "\" already present on machine").of(name(container)));
            }
        }

        /** What the mesh does in place of istio-init is done at once; every other container goes on. */
        private ObjectNode started(JsonNode container, JsonNode before) {
            happenings.add(EventMessage.normal("Started", "Started container " + name(container)).of(name(container)));
            String id = id(container, before);
            return name(container).equals("istio-init")
                    ? ContainerStatus.completed(container, before, id, now)
                    : ready(container, ContainerStatus.running(container, before, id, false, now));
        }

        private ObjectNode probed(JsonNode container, JsonNode status) {
            return status.path("ready").asBoolean() ? status.deepCopy() : ready(container, status.deepCopy());
        }

        private ObjectNode ready(JsonNode container, ObjectNode running) {
            Optional<String> failure = probe.failure(identity, container);
            failure.ifPresent(reason -> {
                happenings.add(EventMessage.warning("Unhealthy", "Readiness probe failed: " + reason)
                        .of(name(container)));
                lookAgain(ReadinessProbe.period(container));
            });
            return running.put("ready", failure.isEmpty());
        }

        private ObjectNode crashed(JsonNode container, JsonNode before, LaunchOutcome.Exited exited) {
            String id = id(container, before);
            if (!exited.message().isEmpty()) {
                happenings.add(EventMessage.warning("Failed", "Error: " + exited.message()).of(name(container)));
            }
            Duration wait = crashBackoff(before);
            String waits = "back-off " + wait.toString().substring(2).toLowerCase(Locale.ROOT)
                    + " restarting failed container="
                    + name(container) + " pod=" + pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")";
            happenings.add(EventMessage.warning("BackOff", "Back-off restarting failed container " + name(container)
                    + " in pod "
                    + pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")").of(name(container)));
            lookAgain(wait);
            ObjectNode status = ContainerStatus.waiting(container, before, "CrashLoopBackOff", waits);
            status.putObject("lastState")
                    .set("terminated",
                            ContainerStatus.terminated(exited.exitCode(), exited.reason(), exited.message(), id, now,
                                    now));
            return status.put("containerID", id);
        }

        private Duration crashBackoff(JsonNode status) {
            Duration wait = FIRST_BACKOFF.multipliedBy(1L << Math.min(10, status.path("restartCount").asInt()));
            return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
        }

        private ObjectNode notPulled(JsonNode container, JsonNode status) {
            String image = container.path("image").asText();
            String before = ContainerStatus.waitingReason(status);
            boolean same = status.path("image").asText().equals(image);
            if (same && before.equals("ImagePullBackOff")) {
                return status.deepCopy();
            }
            if (same && before.equals("ErrImagePull")) {
                Optional<Duration> left = backoff.remaining(key(container), "pull", phase);
                left.ifPresent(this::lookAgain);
                return left.isPresent() ? status.deepCopy() : backedOff(container, status, image);
            }
            String failure = "failed to pull image \"" + image + "\": " + image
                    + ": not found; this cluster pulls from no registry and knows the demo apps' images alone";
            happenings.add(EventMessage.normal("Pulling", "Pulling image \"" + image + "\"").of(name(container)));
            happenings.add(EventMessage.warning("Failed", failure).of(name(container)));
            happenings.add(EventMessage.warning("Failed", "Error: ErrImagePull").of(name(container)));
            lookAgain(phase);
            return ContainerStatus.waiting(container, status, "ErrImagePull", failure);
        }

        private ObjectNode backedOff(JsonNode container, JsonNode status, String image) {
            String message = "Back-off pulling image \"" + image + "\"";
            happenings.add(EventMessage.normal("BackOff", message).of(name(container)));
            happenings.add(EventMessage.warning("Failed", "Error: ImagePullBackOff").of(name(container)));
            return ContainerStatus.waiting(container, status, "ImagePullBackOff", message);
        }

        private void lookAgain(Duration delay) {
            later = Optional.of(later.filter(earlier -> earlier.compareTo(delay) < 0).orElse(delay));
        }

        private String key(JsonNode container) {
            return pod.uid() + "/" + name(container);
        }
    }

    private static String name(JsonNode container) {
        return container.path("name").asText();
    }
}
