package dev.trafficlab.embedded.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer.Answered;
import dev.trafficlab.embedded.mesh.MeshRequest.FromOutside;
import dev.trafficlab.embedded.mesh.MeshRequest.FromPod;

/** A mesh over the course's own manifests, and whatever a test adds; pods answer on a clock of their own. For one thread. */
final class CourseLab {

    /** The ingress gateway that every lab sees. */
    private static final String INGRESS = """
                                          kind: Service
                                          metadata: {name: istio-ingressgateway, namespace: istio-system}
                                          spec:
                                            selector: {istio: ingressgateway}
                                            ports:
                                            - {name: http2, port: 80, targetPort: 8080}
                                            - {name: https, port: 443, targetPort: 8443}
                                          ---
                                          kind: Deployment
                                          metadata: {name: istio-ingressgateway, namespace: istio-system}
                                          spec:
                                            replicas: 1
                                            template:
                                              metadata: {labels: {app: istio-ingressgateway, istio: ingressgateway}}
                                              spec: {containers: [{name: istio-proxy, ports: [{containerPort: 8080}]}]}
                                          """;
    private static final Path MANIFESTS = Path.of("../manifests/traffic-weighting");
    private static final byte[] NO_BODY = {};

    private final Manifests manifests = new Manifests().add(INGRESS);
    private final Map<String, Integer> replicas = new HashMap<>();
    private final List<String> injected = new ArrayList<>();
    private final Map<String, FakePods.Behavior> behaviors = new HashMap<>();
    private final long seed;
    private FakePods pods = new FakePods(List.of());
    private Mesh mesh = new Mesh(pods, new SplittableRandom(), pods);

    private CourseLab(long seed) {
        this.seed = seed;
    }

    /** Services and Deployments of the course, running. */
    static CourseLab started() {
        return started(42);
    }

    static CourseLab started(long seed) {
        CourseLab lab = new CourseLab(seed);
        return lab.apply("services.yaml").apply("deployments.yaml").ready();
    }

    /** Everything up to the step of the destination rules. */
    static CourseLab finished() {
        return started().apply("gateway.yaml").apply("destinationrule.yaml").ready();
    }

    /** The course's Gateway and a single route to colors with the settings, in YAML. */
    static CourseLab routing(String settings) {
        return started().apply("gateway.yaml").with("""
                                                    kind: VirtualService
                                                    metadata: {name: colors}
                                                    spec:
                                                      hosts: ["*"]
                                                      gateways: [my-gateway]
                                                      http:
                                                      - route: [{destination: {host: colors}}]
                                                    """ + settings.indent(4)).ready();
    }

    static String manifest(String file) {
        try {
            return Files.readString(MANIFESTS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Applies a manifest of the course. */
    CourseLab apply(String file) {
        return with(manifest(file));
    }

    /** Applies objects; those of the same name are replaced. */
    CourseLab with(String yaml) {
        manifests.add(yaml);
        return this;
    }

    CourseLab scale(String deployment, int count) {
        replicas.put(deployment, count);
        return this;
    }

    /** Gives the Deployment's pods a sidecar. */
    CourseLab inject(String... deployments) {
        injected.addAll(List.of(deployments));
        return this;
    }

    CourseLab behave(String deployment, FakePods.Behavior behavior) {
        behaviors.put(deployment, behavior);
        pods.behave(deployment, behavior);
        return this;
    }

    /** Starts the pods and compiles. */
    CourseLab ready() {
        return ready(IstioVersion.CURRENT);
    }

    CourseLab ready(IstioVersion version) {
        List<ObjectNode> objects = objects();
        pods = new FakePods(objects);
        behaviors.forEach(pods::behave);
        mesh = new Mesh(pods, new SplittableRandom(seed), pods, new MeshSettings(version, pods, pods::mirror));
        mesh.update(objects);
        return this;
    }

    /** Compiles again, in the same mesh and with the same pods. */
    CourseLab update() {
        mesh.update(objects());
        return this;
    }

    /** Everything applied, pods included. */
    List<ObjectNode> objects() {
        return manifests.objects(new Manifests.PodPlan(replicas, Map.of(), List.of(), injected));
    }

    Mesh mesh() {
        return mesh;
    }

    FakePods pods() {
        return pods;
    }

    /** A request from a browser. */
    static MeshRequest request(String path, String... headers) {
        return from("203.0.113.7", path, headers);
    }

    static MeshRequest from(String ip, String path, String... headers) {
        return new MeshRequest(new FromOutside(80), "GET", "localhost", path, Headers.of(headers), ip + ":51234",
                NO_BODY);
    }

    /** The answer to a browser. */
    Answered get(String path, String... headers) {
        return (Answered) mesh.send(request(path, headers));
    }

    /** A request of a pod. */
    static MeshRequest call(String pod, String authority, String path) {
        return new MeshRequest(new FromPod("default", pod), "GET", authority, path, Headers.none(), "10.244.9.9:40000",
                NO_BODY);
    }

    /** Which Deployment answers how often. */
    Map<String, Long> count(int requests, MeshRequest request) {
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            String who = mesh.send(request) instanceof Answered answered
                    ? answered.upstream()
                            .map(pod -> FakePods.deployment(pod.pod()))
                            .orElse("status " + answered.response().status())
                    : "refused";
            counts.merge(who, 1L, Long::sum);
        }
        pods.takeCalls();
        return counts;
    }
}
