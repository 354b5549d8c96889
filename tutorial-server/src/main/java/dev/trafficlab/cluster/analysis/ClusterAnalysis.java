package dev.trafficlab.cluster.analysis;

import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.embedded.analysis.Analysis;
import dev.trafficlab.embedded.analysis.Finding;
import dev.trafficlab.embedded.analysis.FindingKind;

/**
 * What the analysis finds in a namespace of the cluster, by the objects of this moment. It looks at the namespace and at the ingress
 * gateway, and says nothing of what it may not see.
 */
public final class ClusterAnalysis {

    private static final String ISTIO = "networking.istio.io";
    private static final String ISTIO_SYSTEM = "istio-system";
    private static final List<Kind> KINDS = List.of(new Kind("", "Service", "services"), new Kind("", "Pod", "pods"),
            new Kind("apps", "Deployment", "deployments"), new Kind(ISTIO, "Gateway", "gateways"),
            new Kind(ISTIO, "VirtualService", "virtualservices"),
            new Kind(ISTIO, "DestinationRule", "destinationrules"),
            new Kind(ISTIO, "ServiceEntry", "serviceentries"), new Kind(ISTIO, "Sidecar", "sidecars"));

    /** What is found by looking at the gateway's pods and Service. */
    private static final Set<FindingKind> BY_THE_GATEWAY = Set.of(FindingKind.SELECTOR_SELECTS_NOTHING,
            FindingKind.GATEWAY_PORT_NOT_IN_SERVICE, FindingKind.CREDENTIAL_NOT_FOUND);
    /** What other namespaces may have. */
    private static final Set<FindingKind> BY_NAME = Set.of(FindingKind.HOST_NOT_FOUND, FindingKind.GATEWAY_NOT_FOUND,
            FindingKind.HOST_NOT_IN_GATEWAY, FindingKind.RULE_FOR_UNKNOWN_HOST);

    private final Cluster cluster;

    /** An analysis of this cluster. */
    public ClusterAnalysis(Cluster cluster) {
        this.cluster = cluster;
    }

    private record Kind(String group, String name, String plural) {

        ResourceDefinitionContext context(String istioVersion) {
            return new ResourceDefinitionContext.Builder().withGroup(group)
                    .withVersion(group.equals(ISTIO) ? istioVersion : "v1")
                    .withKind(name)
                    .withPlural(plural)
                    .withNamespaced(true)
                    .build();
        }
    }

    /** The findings on objects of the namespace, the most serious first. */
    public List<Finding> of(String namespace) {
        List<ObjectNode> objects = new ArrayList<>();
        KINDS.forEach(kind -> objects.addAll(list(namespace, kind)));
        int own = objects.size();
        KINDS.subList(0, 2).forEach(kind -> objects.addAll(list(ISTIO_SYSTEM, kind)));
        boolean gatewaySeen = objects.size() > own;
        if (client().namespaces().withName(namespace).get() instanceof Object found) {
            objects.add(json(found));
        }
        Predicate<Finding> seen = finding -> finding.object().isIn(namespace)
                && (gatewaySeen || !BY_THE_GATEWAY.contains(finding.kind())) && !isElsewhere(finding, namespace);
        return Analysis.ofSettling(objects).stream().filter(seen).toList();
    }

    /** Whether it is about something of another namespace, which a real cluster may well have. */
    private boolean isElsewhere(Finding finding, String namespace) {
        return cluster.kind() == Cluster.Kind.KUBECONFIG && BY_NAME.contains(finding.kind()) && finding.facts()
                .stream()
                .anyMatch(fact -> fact.endsWith(".svc.cluster.local") && !fact.endsWith("." + namespace
                        + ".svc.cluster.local") || fact.indexOf('/') > 0 && !fact.startsWith(namespace + "/"));
    }

    private List<ObjectNode> list(String namespace, Kind kind) {
        try {
            return client().genericKubernetesResources(kind.context(cluster.istioVersion()))
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .stream()
                    .filter(object -> object.getMetadata().getDeletionTimestamp() == null)
                    .map(this::json)
                    .toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return List.of();
            }
            throw e;
        }
    }

    private ObjectNode json(Object object) {
        return client().getKubernetesSerialization().convertValue(object, ObjectNode.class);
    }

    private KubernetesClient client() {
        return cluster.client();
    }
}
