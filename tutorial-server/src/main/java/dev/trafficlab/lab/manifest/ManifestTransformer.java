package dev.trafficlab.lab.manifest;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.JsonPath;
import dev.trafficlab.lab.backend.TenantIsolation;
import dev.trafficlab.lab.kind.LabKind;

/**
 * Makes a manifest's objects fit a real cluster: Istio's kinds in the version that it serves, images from the registry that it can
 * reach. Where several labs share the cluster, nothing of a lab has an effect outside it.
 */
public final class ManifestTransformer {

    private static final String COURSE_IMAGES = "traffic-lab/";
    private static final String ISTIO = "networking.istio.io/";

    private final RealClusterSettings settings;
    private final Supplier<String> istioVersion;

    public ManifestTransformer(RealClusterSettings settings, Supplier<String> istioVersion) {
        this.settings = settings;
        this.istioVersion = istioVersion;
    }

    /** Changes the object's content; what must not be there is added to the problems. */
    public ManifestObject fit(String labId, ManifestObject object, List<Problem> problems) {
        GenericKubernetesResource resource = object.resource();
        if (resource.getApiVersion().startsWith(ISTIO)) {
            resource.setApiVersion(ISTIO + istioVersion.get());
        }
        Map<String, Object> spec = JsonPath.map(resource.getAdditionalProperties().get("spec"));
        containers(object.kind(), spec).forEach(this::mapImage);
        if (!settings.single()) {
            new TenantIsolation(labId, settings).enclose(object, spec, problems);
        }
        return object;
    }

    private void mapImage(Map<String, Object> container) {
        if (container.get("image") instanceof String image && image.startsWith(COURSE_IMAGES)) {
            container.put("image", settings.images() + image.substring(COURSE_IMAGES.length() - 1));
        }
    }

    private static Stream<Map<String, Object>> containers(LabKind kind, Map<String, Object> spec) {
        Map<String, Object> pod = JsonPath.podSpec(kind, spec);
        return Stream.concat(JsonPath.maps(pod.get("containers")), JsonPath.maps(pod.get("initContainers")));
    }
}
