package dev.trafficlab.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.embedded.mesh.Mesh;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.Upstreams.UpstreamFailure;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;

/**
 * Reads a real cluster's routing objects as the embedded mesh does: the same compiler makes the same tables of them, which only plan and
 * never send. Looks at a namespace's objects once a second at most. Thread-safe.
 */
public final class CompiledRoutes {

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration GATEWAY_FRESH = Duration.ofMinutes(1);
    private static final int NOT_FOUND = 404;
    private static final int FORBIDDEN = 403;
    private static final Map<String, String> ISTIO_KINDS = Map.of("Gateway", "gateways", "VirtualService",
            "virtualservices", "DestinationRule", "destinationrules", "ServiceEntry", "serviceentries", "Sidecar",
            "sidecars");

    private final Cluster cluster;
    private final RealClusterSettings settings;
    private final LoadingCache<String, Mesh> meshes = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(FRESH)
            .build(this::compile);
    private final LoadingCache<String, List<ObjectNode>> gateway = Caffeine.newBuilder()
            .expireAfterWrite(GATEWAY_FRESH)
            .build(_ -> gateway());

    CompiledRoutes(Cluster cluster, RealClusterSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
    }

    /** What would become of the request by the objects of the last second. */
    public RoutePlan plan(String namespace, MeshRequest request) {
        return meshes.get(namespace).plan(request);
    }

    private Mesh compile(String namespace) {
        Mesh mesh = new Mesh((_, _, _, _) -> {
            throw new UpstreamFailure(UpstreamFailure.Kind.REFUSED);
        }, () -> 0, InstantSource.system());
        List<ObjectNode> objects = new ArrayList<>(gateway.get(settings.gatewayService()));
        client().services().inNamespace(namespace).list().getItems().forEach(one -> objects.add(json(one)));
        client().pods().inNamespace(namespace).list().getItems().forEach(one -> objects.add(unproxied(json(one))));
        ISTIO_KINDS.forEach((kind, plural) -> list(namespace, kind, plural).forEach(one -> objects.add(json(one))));
        mesh.update(objects);
        return mesh;
    }

    /** Requests from inside come through the API server's service proxy, which no sidecar routes. */
    private static ObjectNode unproxied(ObjectNode pod) {
        for (String list : List.of("containers", "initContainers")) {
            if (pod.path("spec").path(list) instanceof ArrayNode containers) {
                containers.removeIf(container -> container.path("name").asText().equals("istio-proxy"));
            }
        }
        return pod;
    }

    private List<GenericKubernetesResource> list(String namespace, String kind, String plural) {
        try {
            return client().genericKubernetesResources(new ResourceDefinitionContext.Builder().withGroup(
                    "networking.istio.io")
                    .withVersion(cluster.istioVersion())
                    .withKind(kind)
                    .withPlural(plural)
                    .withNamespaced(true)
                    .build()).inNamespace(namespace).list().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND || e.getCode() == FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    /** The ingress gateway as the compiler expects it: a Service of the usual name, with a pod that its selector selects. */
    private List<ObjectNode> gateway() {
        Service service = Optional.ofNullable(client().services()
                .inNamespace(settings.gatewayNamespace())
                .withName(settings.gatewayName())
                .get())
                .filter(found -> found.getSpec().getSelector() != null && !found.getSpec().getSelector().isEmpty())
                .orElseGet(CompiledRoutes::conventional);
        return List.of(usual(json(service), "istio-ingressgateway"), pod(service));
    }

    /** Where the gateway is reached by a configured address alone, it is taken to be the one that Istio installs. */
    private static Service conventional() {
        return new ServiceBuilder().withNewMetadata()
                .endMetadata()
                .withNewSpec()
                .withSelector(Map.of("app", "istio-ingressgateway", "istio", "ingressgateway"))
                .addNewPort()
                .withName("http2")
                .withPort(80)
                .withNewTargetPort(8080)
                .endPort()
                .endSpec()
                .build();
    }

    private static ObjectNode usual(ObjectNode object, String name) {
        object.withObjectProperty("metadata").put("name", name).put("namespace", "istio-system");
        return object;
    }

    private static ObjectNode pod(Service service) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode labels = usual(pod, "ingress").withObjectProperty("metadata").putObject("labels");
        Objects.requireNonNullElse(service.getSpec().getSelector(), Map.<String, String>of()).forEach(labels::put);
        ObjectNode status = pod.putObject("status").put("podIP", "192.0.2.1");
        status.putArray("conditions").addObject().put("type", "Ready").put("status", "True");
        return pod;
    }

    private ObjectNode json(Object object) {
        KubernetesSerialization serialization = client().getKubernetesSerialization();
        return serialization.convertValue(object, ObjectNode.class);
    }

    private KubernetesClient client() {
        return cluster.client();
    }
}
