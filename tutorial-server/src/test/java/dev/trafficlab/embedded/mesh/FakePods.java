package dev.trafficlab.embedded.mesh;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;

/** Pods that answer by themselves, on a clock of their own: waiting takes no time. For one thread. */
final class FakePods implements Upstreams, InstantSource, MeshSettings.Pause {

    /** What a pod does with requests. */
    record Behavior(int status, long delayMillis, boolean refuse) {
        static final Behavior GOOD = new Behavior(200, 0, false);
    }

    /** A request that reached a pod, or tried to. */
    record Call(String pod, String deployment, AppRequest request, boolean mirrored) {}

    private final Map<String, String> podsByIp = new HashMap<>();
    private final Map<String, List<Integer>> portsByIp = new HashMap<>();
    private final Map<String, Behavior> behaviors = new HashMap<>();
    private final List<Call> calls = new ArrayList<>();
    private long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private boolean mirroring;

    /** Knows the pods among the objects. */
    FakePods(List<ObjectNode> objects) {
        for (ObjectNode object : objects) {
            if (object.path("kind").asText().equals("Pod")) {
                String ip = object.path("status").path("podIP").asText();
                podsByIp.put(ip, object.path("metadata").path("name").asText());
                List<Integer> ports = new ArrayList<>();
                for (JsonNode container : object.path("spec").path("containers")) {
                    container.path("ports").forEach(port -> ports.add(port.path("containerPort").asInt()));
                }
                portsByIp.put(ip, ports);
            }
        }
    }

    void behave(String deployment, Behavior behavior) {
        behaviors.put(deployment, behavior);
    }

    /** The calls since the last look. */
    List<Call> takeCalls() {
        List<Call> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    static String deployment(String pod) {
        return pod.substring(0, pod.lastIndexOf('-'));
    }

    /** Runs copies of requests at once, and remembers that they are copies. */
    void mirror(Runnable work) {
        mirroring = true;
        try {
            work.run();
        } finally {
            mirroring = false;
        }
    }

    @Override
    public AppResponse call(String address, int port, AppRequest request, Optional<Duration> timeout)
            throws UpstreamFailure {
        String pod = podsByIp.get(address);
        if (pod == null) {
            throw new UpstreamFailure(UpstreamFailure.Kind.REFUSED);
        }
        calls.add(new Call(pod, deployment(pod), received(request), mirroring));
        Behavior behavior = behaviors.getOrDefault(deployment(pod), Behavior.GOOD);
        if (behavior.refuse() || !portsByIp.getOrDefault(address, List.of()).contains(port)) {
            throw new UpstreamFailure(UpstreamFailure.Kind.REFUSED);
        }
        long patience = timeout.map(Duration::toMillis).orElse(Long.MAX_VALUE);
        now += Math.min(patience, behavior.delayMillis());
        if (behavior.delayMillis() > patience) {
            throw new UpstreamFailure(UpstreamFailure.Kind.TIMEOUT);
        }
        AppResponse response = AppResponse.of(behavior.status(), "text/plain", pod);
        return new AppResponse(response.status(), response.headers().plus("X-Powered-By", "fake"), response.body(),
                response.afterwards());
    }

    /** The request with all of its body, for which an app may have to wait. */
    private static AppRequest received(AppRequest request) throws UpstreamFailure {
        try {
            return new AppRequest(request.method(), request.host(), request.target(), request.headers(), request.body()
                    .bytes());
        } catch (IOException e) {
            throw new UpstreamFailure(UpstreamFailure.Kind.RESET);
        }
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public void forDuration(Duration duration) {
        now += duration.toMillis();
    }
}
