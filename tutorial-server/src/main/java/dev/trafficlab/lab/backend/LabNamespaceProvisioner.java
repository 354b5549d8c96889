package dev.trafficlab.lab.backend;

import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import dev.trafficlab.lab.NamespaceTakenException;
import dev.trafficlab.lab.tenancy.LabEgress;
import dev.trafficlab.lab.tenancy.LabRights;

/** Makes the Namespaces of labs on a real cluster. */
final class LabNamespaceProvisioner {

    /** Not the manager of what a step applies: a reset leaves the bounds where they are. */
    private static final PatchContext AS_SERVER = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("traffic-lab-server")
            .withForce(true)
            .build();

    /** The course's six pods with their sidecars, twice during a rollout, and some room to play. */
    private static final Map<String, Quantity> MOST = Map.of("pods", new Quantity("30"), "services", new Quantity("10"),
            "services.nodeports", new Quantity("0"), "services.loadbalancers", new Quantity("0"),
            "persistentvolumeclaims", new Quantity("0"), "requests.cpu", new Quantity("4"), "requests.memory",
            new Quantity("4Gi"));

    private static final Map<String, Quantity> REQUEST = Map.of("cpu", new Quantity("10m"), "memory", new Quantity(
            "64Mi"));
    private static final Map<String, Quantity> LIMIT = Map.of("memory", new Quantity("256Mi"));
    /** What Istio gives a sidecar must be allowed. */
    private static final Map<String, Quantity> LARGEST = Map.of("cpu", new Quantity("2"), "memory", new Quantity(
            "1Gi"));

    /** A pod that Pod Security's level "baseline" would refuse is told of; refusing it would refuse Istio's init container too. */
    private static final Map<String, String> POD_SECURITY = Map.of("pod-security.kubernetes.io/warn", "baseline",
            "pod-security.kubernetes.io/audit", "baseline");

    private final KubernetesClient client;
    private final LabRights rights;

    LabNamespaceProvisioner(KubernetesClient client) {
        this.client = client;
        this.rights = new LabRights(client);
    }

    /** A new namespace, within bounds that keep a lab from starving its neighbours and from reaching them. */
    void createBounded(Namespace namespace, String gatewayNamespace) {
        namespace.getMetadata().getLabels().putAll(POD_SECURITY);
        client.namespaces().resource(namespace).create();
        String name = namespace.getMetadata().getName();
        try {
            rights.grantIn(name);
            apply(quota(name));
            apply(limits(name));
            apply(LabEgress.policy(name, gatewayNamespace));
        } catch (KubernetesClientException e) {
            client.namespaces().withName(name).delete();
            throw e;
        }
    }

    /** The only learner's namespace: made, or taken as it is if it is there already. Whoever starts last holds its secret. */
    void createOrAdopt(Namespace namespace) {
        String name = namespace.getMetadata().getName();
        Optional<Namespace> there = Optional.ofNullable(client.namespaces().withName(name).get());
        if (there.isEmpty()) {
            client.namespaces().resource(namespace).create();
            return;
        }
        String owner = Optional.ofNullable(there.get().getMetadata().getLabels())
                .orElse(Map.of())
                .getOrDefault(LabRecord.MANAGED_BY, LabRecord.TRAFFIC_LAB);
        if (!owner.equals(LabRecord.TRAFFIC_LAB)) {
            throw NamespaceTakenException.managedBy(owner, name);
        }
        if (there.get().getMetadata().getDeletionTimestamp() != null) {
            throw NamespaceTakenException.leaving(name);
        }
        client.namespaces().withName(name).patch(PatchContext.of(PatchType.JSON_MERGE), namespace);
    }

    private <T extends HasMetadata> void apply(T object) {
        client.resource(object).patch(AS_SERVER);
    }

    private static ResourceQuota quota(String namespace) {
        return new ResourceQuotaBuilder().withNewMetadata()
                .withName("lab")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withHard(MOST)
                .endSpec()
                .build();
    }

    private static LimitRange limits(String namespace) {
        return new LimitRangeBuilder().withNewMetadata()
                .withName("lab")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewLimit()
                .withType("Container")
                .withDefaultRequest(REQUEST)
                .withDefault(LIMIT)
                .withMax(LARGEST)
                .endLimit()
                .endSpec()
                .build();
    }
}
