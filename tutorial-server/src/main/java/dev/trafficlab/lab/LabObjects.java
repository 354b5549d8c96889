package dev.trafficlab.lab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/** What a check wants to know of the objects in one lab. */
interface LabObjects {

    /** The names of all objects of the kind. */
    Set<String> names(LabKind kind);

    /** The labels of the lab's Namespace. */
    Map<String, String> namespaceLabels();

    /** All Deployments. */
    List<Deployment> deployments();

    /** All pods that are not being removed. */
    List<Pod> pods();

    /** The DestinationRule of that name. */
    Optional<DestinationRule> destinationRule(String name);

    /** The VirtualService of that name. */
    Optional<VirtualService> virtualService(String name);
}
