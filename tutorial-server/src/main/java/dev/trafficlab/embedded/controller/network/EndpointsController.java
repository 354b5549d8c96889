package dev.trafficlab.embedded.controller.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.controller.Controller;
import dev.trafficlab.embedded.controller.GeneratedNames;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Ownership;
import dev.trafficlab.embedded.controller.Pods;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.controller.WorkloadSelector;
import dev.trafficlab.embedded.controller.pod.NodeObject;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Keeps the Endpoints and EndpointSlices of a namespace's Services in step with its pods. Its object is the namespace as a whole. */
public final class EndpointsController implements Controller {

    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    private final ObjectClient state;

    public EndpointsController(ObjectClient state) {
        this.state = state;
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        String resource = event.object().key().resource();
        if (resource.equals(Kind.SERVICE.resource()) || resource.equals(Kind.POD.resource())) {
            concerned.accept(event.object().key().namespace(), "");
        }
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String name) {
        if (state.find(Kind.NAMESPACE, "", namespace).filter(found -> !found.isTerminating()).isEmpty()) {
            return Optional.empty();
        }
        List<Resource> pods = state.list(Kind.POD, namespace)
                .stream()
                .filter(pod -> !Pods.ip(pod).isEmpty() && !Pods.isOver(pod))
                .toList();
        for (Resource service : state.list(Kind.SERVICE, namespace)) {
            if (!service.spec().path("selector").isEmpty() && !service.isTerminating()) {
                WorkloadSelector selector = WorkloadSelector.ofMap(service.spec().path("selector"));
                List<Resource> selected = pods.stream().filter(pod -> selector.matches(pod.labels())).toList();
                tellEndpoints(service, selected);
                tellSlice(service, selected);
            }
        }
        return Optional.empty();
    }

    private void tellEndpoints(Resource service, List<Resource> pods) {
        ObjectNode wanted = ObjectClient.draft(Kind.ENDPOINTS, service.namespace(), service.name());
        labels(wanted, service).put("endpoints.kubernetes.io/managed-by", "endpoint-controller");
        ArrayNode subsets = wanted.putArray("subsets");
        List<Resource> alive = pods.stream().filter(pod -> !pod.isTerminating()).toList();
        if (!alive.isEmpty()) {
            ObjectNode subset = subsets.addObject();
            addresses(subset, "addresses", alive.stream().filter(Pods::isReady).toList());
            addresses(subset, "notReadyAddresses", alive.stream().filter(pod -> !Pods.isReady(pod)).toList());
            subset.set("ports", ports(service, alive.getFirst()));
        }
        if (subsets.isEmpty()) {
            wanted.remove("subsets");
        }
        write(Kind.ENDPOINTS, service, wanted, "subsets");
    }

    private static void addresses(ObjectNode subset, String field, List<Resource> pods) {
        if (!pods.isEmpty()) {
            ArrayNode addresses = subset.putArray(field);
            pods.forEach(pod -> addresses.addObject()
                    .put("ip", Pods.ip(pod))
                    .put("nodeName", NodeObject.NAME)
                    .set("targetRef",
                            reference(pod)));
        }
    }

    private void tellSlice(Resource service, List<Resource> pods) {
        ObjectNode wanted = ObjectClient.draft(Kind.ENDPOINT_SLICE, service.namespace(), service.name() + "-"
                + GeneratedNames.hex64(service.uid()).substring(0, 5));
        labels(wanted, service).put(SERVICE_NAME, service.name())
                .put(MANAGED_BY,
                        "endpointslice-controller.k8s.io");
        wanted.put("addressType", "IPv4");
        ArrayNode endpoints = wanted.putArray("endpoints");
        for (Resource pod : pods) {
            ObjectNode endpoint = endpoints.addObject();
            endpoint.putArray("addresses").add(Pods.ip(pod));
            boolean serving = Pods.isReady(pod);
            endpoint.putObject("conditions")
                    .put("ready", serving && !pod.isTerminating())
                    .put("serving", serving)
                    .put("terminating", pod.isTerminating());
            endpoint.put("nodeName", NodeObject.NAME).set("targetRef", reference(pod));
        }
        wanted.set("ports", pods.isEmpty() ? wanted.arrayNode() : ports(service, pods.getFirst()));
        write(Kind.ENDPOINT_SLICE, service, wanted, "endpoints", "ports");
    }

    private static ObjectNode labels(ObjectNode object, Resource service) {
        ObjectNode labels = object.withObjectProperty("metadata").putObject("labels");
        service.labels().forEach(labels::put);
        if (ServiceController.isHeadless(service)) {
            labels.put("service.kubernetes.io/headless", "");
        }
        return labels;
    }

    private static ObjectNode reference(Resource pod) {
        ObjectNode reference = pod.json().objectNode();
        return reference.put("kind", "Pod")
                .put("namespace", pod.namespace())
                .put("name", pod.name())
                .put("uid", pod
                        .uid());
    }

    /** A Service's ports as the pods serve them; a target port given by name is looked up in the pod. */
    private static ArrayNode ports(Resource service, Resource pod) {
        ArrayNode ports = pod.json().arrayNode();
        for (JsonNode port : service.spec().path("ports")) {
            ObjectNode entry = ports.addObject();
            if (port.has("name")) {
                entry.put("name", port.path("name").asText());
            }
            entry.put("port", target(port, pod)).put("protocol", port.path("protocol").asText("TCP"));
        }
        return ports;
    }

    private static int target(JsonNode port, Resource pod) {
        JsonNode target = port.path("targetPort");
        if (!target.isTextual()) {
            return target.asInt(port.path("port").asInt());
        }
        for (JsonNode container : pod.spec().path("containers")) {
            for (JsonNode declared : container.path("ports")) {
                if (declared.path("name").asText().equals(target.asText())) {
                    return declared.path("containerPort").asInt();
                }
            }
        }
        return port.path("port").asInt();
    }

    private void write(Kind kind, Resource service, ObjectNode wanted, String... fields) {
        Optional<Resource> found = state.find(kind, service.namespace(), wanted.at("/metadata/name").asText());
        if (found.isEmpty()) {
            Ownership.control(wanted, service);
            state.create(kind, wanted);
            return;
        }
        state.edit(kind, found.get(), object -> {
            for (String field : List.of(fields)) {
                if (wanted.has(field)) {
                    object.set(field, wanted.get(field));
                } else {
                    object.remove(field);
                }
            }
            object.withObjectProperty("metadata").set("labels", wanted.at("/metadata/labels"));
        });
    }
}
