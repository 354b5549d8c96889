package dev.trafficlab.embedded.api.schema;

import java.util.Map;

import io.fabric8.istio.api.api.type.v1beta1.WorkloadSelector;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** How the classes of the model are called in schemas. */
final class TypeNames {

    private static final String ISTIO = "io.fabric8.istio.";
    /** Two classes of one simple name, both used by Istio's kinds. */
    private static final Map<Class<?>, String> RENAMED = Map.of(WorkloadSelector.class, "WorkloadLabelSelector");

    private TypeNames() {}

    /** The short name: {@code DeploymentSpec}; the spec of an Istio kind, a class named as the kind, is {@code GatewaySpec}. */
    static String of(Class<?> type) {
        String name = RENAMED.getOrDefault(type, type.getSimpleName());
        if (name.endsWith("_")) {
            return name.substring(0, name.length() - 1);
        }
        return isSpecOfKind(type) ? name + "Spec" : name;
    }

    /** The name under which {@link SchemaMarkers} and {@link Descriptions} know the class: Istio has a ServicePort of its own. */
    static String key(Class<?> type) {
        return (type.getName().startsWith(ISTIO) ? "istio." : "") + of(type);
    }

    private static boolean isSpecOfKind(Class<?> type) {
        if (!type.getName().startsWith(ISTIO) || HasMetadata.class.isAssignableFrom(type)) {
            return false;
        }
        return switch (type.getSimpleName()) {
            case "DestinationRule", "Gateway", "ServiceEntry", "Sidecar", "VirtualService" -> true;
            default -> false;
        };
    }
}
