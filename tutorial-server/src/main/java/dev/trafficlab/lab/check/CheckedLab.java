package dev.trafficlab.lab.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import dev.trafficlab.course.Experiment;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.TrafficReport;

/** One lab as checks see it: its objects at each call, and its traffic. */
public interface CheckedLab {

    /** What the lab's course experiments with. */
    Experiment experiment();

    /** The labels of the lab's Namespace. */
    Map<String, String> namespaceLabels();

    /** The names of all objects of the kind. */
    Set<String> names(String kind);

    /** All objects of the kind. */
    List<GenericKubernetesResource> objects(String kind);

    /** All Deployments. */
    List<Deployment> deployments();

    /** All pods that are not being removed. */
    List<Pod> pods();

    /** The newest lines of a container's log; empty when there is nothing to read. */
    String log(String pod, String container);

    /** Sends the requests and waits for all answers. */
    TrafficReport send(LoadSpec order);

    /** Sends one request and keeps its reasons and its whole answer. */
    TracedAnswer trace(LoadSpec order);

    /** What the routes would do with the order's first request, without sending it. */
    RoutePlan plan(LoadSpec order);

    /** The split as of now. */
    Split split();

    /** The object of that name. */
    default Optional<GenericKubernetesResource> find(String kind, String name) {
        return objects(kind).stream().filter(object -> object.getMetadata().getName().equals(name)).findFirst();
    }
}
