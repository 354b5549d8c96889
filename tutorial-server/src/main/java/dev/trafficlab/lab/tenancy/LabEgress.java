package dev.trafficlab.lab.tenancy;

import java.util.List;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;

/**
 * Where a lab's pods may connect to: each other, Istio's control plane and gateway, and the cluster's DNS. A learner writes what a pod runs,
 * so neither other labs nor the network around the cluster are within its reach.
 */
public final class LabEgress {

    private static final String ISTIO = "istio-system";
    private static final int DNS = 53;

    private LabEgress() {}

    /** The policy for the lab, where the ingress gateway is in that namespace. */
    public static NetworkPolicy policy(String lab, String gatewayNamespace) {
        List<NetworkPolicyPeer> mesh = Stream.of(ISTIO, gatewayNamespace).distinct().map(LabEgress::podsOf).toList();
        return new NetworkPolicyBuilder().withNewMetadata()
                .withName("lab")
                .withNamespace(lab)
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .endPodSelector()
                .withPolicyTypes("Egress")
                .addNewEgress()
                .addNewTo()
                .withNewPodSelector()
                .endPodSelector()
                .endTo()
                .addAllToTo(mesh)
                .endEgress()
                .addNewEgress()
                .withPorts(port("UDP"), port("TCP"))
                .endEgress()
                .endSpec()
                .build();
    }

    private static NetworkPolicyPeer podsOf(String namespace) {
        return new NetworkPolicyPeerBuilder().withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .build();
    }

    private static NetworkPolicyPort port(String protocol) {
        return new NetworkPolicyPort(null, new IntOrString(DNS), protocol);
    }
}
