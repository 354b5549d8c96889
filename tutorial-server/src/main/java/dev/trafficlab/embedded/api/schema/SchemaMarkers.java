package dev.trafficlab.embedded.api.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

import static java.util.Map.entry;

/** What Kubernetes and Istio declare of their types and the model classes do not carry. */
final class SchemaMarkers {

    private static final Map<String, Set<String>> REQUIRED = Map.ofEntries(required("ContainerPort", "containerPort"),
            required("Container", "name"), required("EnvVar", "name"),
            required("PodSpec", "containers"), required("Volume", "name"), required("VolumeMount", "name", "mountPath"),
            required("DeploymentSpec", "selector", "template"), required("ReplicaSetSpec", "selector"),
            required("ServicePort", "port"), required("LabelSelectorRequirement", "key", "operator"),
            required("HTTPGetAction", "port"), required("TCPSocketAction", "port"), required("GRPCAction", "port"),
            required("ConfigMapKeySelector", "key"), required("SecretKeySelector", "key"),
            required("ObjectFieldSelector", "fieldPath"), required("Event", "metadata", "involvedObject"),
            required("EndpointSlice", "addressType", "endpoints"), required("Endpoint", "addresses"),
            required("EndpointAddress", "ip"), required("OwnerReference", "apiVersion", "kind", "name", "uid"),
            required("KeyToPath", "key", "path"), required("Taint", "key", "effect"),
            required("istio.HTTPRouteDestination", "destination"),
            required("istio.RouteDestination", "destination"), required("istio.Destination", "host"),
            required("istio.HTTPMirrorPolicy", "destination"), required("istio.HTTPDirectResponse", "status"),
            required("istio.TLSRoute", "match"), required("istio.TLSMatchAttributes", "sniHosts"),
            required("istio.Server", "port", "hosts"), required("istio.Port", "number", "protocol", "name"),
            required("istio.DestinationRuleSpec", "host"), required("istio.Subset", "name"),
            required("istio.LoadBalancerSettingsConsistentHashLBHTTPCookie", "name"),
            required("istio.TrafficPolicyTunnelSettings", "targetHost", "targetPort"),
            required("istio.WarmupConfiguration", "duration"), required("istio.ServiceEntrySpec", "hosts"),
            required("istio.ServicePort", "number", "name"), required("istio.IstioEgressListener", "hosts"),
            required("istio.IstioIngressListener", "port"));

    private static final Map<String, List<String>> LIST_KEYS = Map.ofEntries(entry("PodSpec.containers", List.of(
            "name")), entry("PodSpec.initContainers", List.of("name")),
            entry("PodSpec.ephemeralContainers", List.of("name")), entry("PodSpec.volumes", List.of("name")),
            entry("PodSpec.imagePullSecrets", List.of("name")), entry("PodSpec.hostAliases", List.of("ip")),
            entry("PodSpec.resourceClaims", List.of("name")), entry("PodSpec.schedulingGates", List.of("name")),
            entry("PodSpec.topologySpreadConstraints", List.of("topologyKey", "whenUnsatisfiable")),
            entry("Container.ports", List.of("containerPort", "protocol")), entry("Container.env", List.of("name")),
            entry("Container.volumeMounts", List.of("mountPath")),
            entry("Container.volumeDevices", List.of("devicePath")),
            entry("ResourceRequirements.claims", List.of("name")),
            entry("ServiceSpec.ports", List.of("port", "protocol")), entry("ServiceAccount.secrets", List.of("name")),
            entry("ObjectMeta.ownerReferences", List.of("uid")), entry("PodStatus.podIPs", List.of("ip")),
            entry("NodeStatus.addresses", List.of("type")));

    /** Fields of these names hold a condition a type in every status of Kubernetes' own kinds. */
    private static final String CONDITIONS = "conditions";

    private static final Set<String> SETS = Set.of("ObjectMeta.finalizers", "NodeSpec.podCIDRs");

    private static final Set<String> TIMES = Set.of("creationTimestamp", "deletionTimestamp", "lastTransitionTime",
            "lastUpdateTime", "lastProbeTime", "lastHeartbeatTime", "startTime", "startedAt", "finishedAt",
            "firstTimestamp", "lastTimestamp");

    private static final Set<String> DURATIONS = Set.of("timeout", "perTryTimeout", "backoff", "fixedDelay",
            "exponentialDelay", "maxAge", "connectTimeout", "idleTimeout", "maxConnectionDuration", "interval", "time",
            "baseEjectionTime", "warmupDurationSecs", "duration");

    private static final Set<String> UNSIGNED_64 = Set.of("tableSize", "minimumRingSize");

    /** The CRDs' order, which error messages show. */
    private static final List<List<String>> ORDERS = List.of(List.of("UNSPECIFIED", "LEAST_CONN", "RANDOM",
            "PASSTHROUGH", "ROUND_ROBIN", "LEAST_REQUEST"),
            List.of("PASSTHROUGH", "SIMPLE", "MUTUAL", "AUTO_PASSTHROUGH", "ISTIO_MUTUAL", "OPTIONAL_MUTUAL"),
            List.of("TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3"),
            List.of("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"),
            List.of("NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS"), List.of("REGISTRY_ONLY", "ALLOW_ANY"),
            List.of("DEFAULT", "IPTABLES", "NONE"), List.of("UNSPECIFIED", "FORWARD", "IGNORE"),
            List.of("simple", "consistentHash"), List.of("httpStatus", "grpcStatus", "http2Error"),
            List.of("fixedDelay", "exponentialDelay"), List.of("ringHash", "maglev"),
            List.of("httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"),
            List.of("port", "derivePort"), List.of("string", "bytes"));

    private SchemaMarkers() {}

    /** The name that Istio's definitions list beside the field's own: that of its first versions. */
    static Optional<String> olderName(String owner, String field) {
        return owner.equals("istio.HTTPRoute") && field.equals("mirrorPercent")
                ? Optional.of("mirror_percent")
                : Optional.empty();
    }

    /** The fields of the type that must be there. */
    static Set<String> required(String type) {
        return REQUIRED.getOrDefault(type, Set.of());
    }

    /** The item fields that name an item of the list; none when the list is atomic or a set. */
    static List<String> listKeys(String owner, String field) {
        if (field.equals(CONDITIONS) && owner.endsWith("Status")) {
            return List.of("type");
        }
        return LIST_KEYS.getOrDefault(owner + "." + field, List.of());
    }

    /** Whether the list is a set of scalars. */
    static boolean isSet(String owner, String field) {
        return SETS.contains(owner + "." + field);
    }

    /** The format of a scalar field. */
    static String format(String owner, String field, ScalarSchema scalar) {
        boolean istio = owner.startsWith("istio.");
        if (istio && scalar.format().equals("int64")) {
            return UNSIGNED_64.contains(field) ? "uint64" : "uint32";
        }
        if (!scalar.type().equals("string") || !scalar.format().isEmpty()) {
            return scalar.format();
        }
        if (istio && DURATIONS.contains(field)) {
            return "duration";
        }
        return TIMES.contains(field) ? "date-time" : "";
    }

    /** The values of an enumeration, or the fields of a oneof, in the order of the CRD. */
    static List<String> inOrder(List<String> names) {
        for (List<String> order : ORDERS) {
            if (order.size() == names.size() && order.containsAll(names)) {
                return order;
            }
        }
        return new ArrayList<>(names);
    }

    private static Map.Entry<String, Set<String>> required(String type, String... fields) {
        return entry(type, new LinkedHashSet<>(List.of(fields)));
    }
}
