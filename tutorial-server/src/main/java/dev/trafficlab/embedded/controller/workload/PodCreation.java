package dev.trafficlab.embedded.controller.workload;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.MutatingAdmission;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.controller.pod.Sidecar;
import dev.trafficlab.embedded.controller.pod.SidecarInjection;
import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.StoredObject;

/** What becomes of a pod on its creation, whoever creates it: Istio's webhook adds the sidecar where it is due. */
public final class PodCreation implements MutatingAdmission {

    private final ObjectStore store;

    /** The namespaces' labels are read from the store. */
    public PodCreation(ObjectStore store) {
        this.store = store;
    }

    @Override
    public void mutate(ResourceType type, ObjectNode object) {
        if (!type.resource().equals(Kind.POD.resource())) {
            return;
        }
        String namespace = object.path("metadata").path("namespace").asText();
        Optional<StoredObject> home = store.get(new ObjectKey(Kind.NAMESPACE.resource(), "", namespace));
        if (home.isPresent() && SidecarInjection.isDue(namespace, new Resource(home.get().value()).labels(), object)) {
            Sidecar.addTo(object);
        }
    }
}
