package dev.trafficlab.embedded.controller.network;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.controller.Controller;
import dev.trafficlab.embedded.controller.Kind;
import dev.trafficlab.embedded.controller.ObjectClient;
import dev.trafficlab.embedded.controller.Resource;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Gives each Service its address inside the cluster. */
public final class ServiceController implements Controller {

    private static final String NONE = "None";

    private final ObjectClient state;
    private final AddressPool addresses;

    public ServiceController(ObjectClient state, AddressPool addresses) {
        this.state = state;
        this.addresses = addresses;
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        if (!event.object().key().resource().equals(Kind.SERVICE.resource())) {
            return;
        }
        Resource service = new Resource(event.object().value());
        if (event.type() == ObjectEvent.Type.DELETED) {
            addresses.release(address(service));
        } else {
            concerned.accept(service.namespace(), service.name());
        }
    }

    /** Takes note of an address given by an earlier process. */
    public void restore(Resource service) {
        addresses.claim(address(service));
    }

    @Override
    public Optional<Duration> reconcile(String namespace, String name) {
        Optional<Resource> found = state.find(Kind.SERVICE, namespace, name)
                .filter(service -> address(service).isEmpty() && !isExternalName(service));
        if (found.isPresent()) {
            String address = addresses.allocate();
            try {
                state.edit(Kind.SERVICE, found.get(), service -> give(service.withObjectProperty("spec"), address));
            } catch (RuntimeException e) {
                addresses.release(address);
                throw e;
            }
        }
        return Optional.empty();
    }

    private static void give(ObjectNode spec, String address) {
        spec.put("clusterIP", address).putArray("clusterIPs").add(address);
    }

    private static boolean isExternalName(Resource service) {
        return service.spec().path("type").asText().equals("ExternalName");
    }

    /** The address, empty when it has none yet; {@code None} when it wants none. */
    public static String address(Resource service) {
        return service.spec().path("clusterIP").asText();
    }

    static boolean isHeadless(Resource service) {
        return address(service).equals(NONE);
    }
}
