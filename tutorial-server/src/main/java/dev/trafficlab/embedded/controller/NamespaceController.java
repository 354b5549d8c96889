package dev.trafficlab.embedded.controller;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.write.Deletion;
import dev.trafficlab.embedded.store.ObjectEvent;

/** Furnishes each new namespace, and empties each that is to go. */
final class NamespaceController implements Controller {

    private static final Duration NEXT_LOOK = Duration.ofMillis(20);
    private static final String ROOT_CA = "kube-root-ca.crt";

    private static final List<ResourceType> NAMESPACED = ResourceTypes.all()
            .stream()
            .filter(ResourceType::namespaced)
            .toList();

    private final ObjectClient state;

    NamespaceController(ObjectClient state) {
        this.state = state;
    }

    @Override
    public void affected(ObjectEvent event, BiConsumer<String, String> concerned) {
        if (event.object().key().resource().equals(Kind.NAMESPACE.resource())) {
            concerned.accept("", event.object().key().name());
        }
    }

    @Override
    public Optional<Duration> reconcile(String none, String name) {
        Optional<Resource> namespace = state.find(Kind.NAMESPACE, "", name);
        if (namespace.isEmpty()) {
            return Optional.empty();
        }
        return namespace.get().isTerminating() ? empty(namespace.get()) : furnish(name);
    }

    private Optional<Duration> furnish(String namespace) {
        if (state.find(Kind.SERVICE_ACCOUNT, namespace, "default").isEmpty()) {
            state.create(Kind.SERVICE_ACCOUNT, ObjectClient.draft(Kind.SERVICE_ACCOUNT, namespace, "default"));
        }
        if (state.find(Kind.CONFIG_MAP, namespace, ROOT_CA).isEmpty()) {
            ObjectNode map = ObjectClient.draft(Kind.CONFIG_MAP, namespace, ROOT_CA);
            map.putObject("data").put("ca.crt", "");
            state.create(Kind.CONFIG_MAP, map);
        }
        return Optional.empty();
    }

    private Optional<Duration> empty(Resource namespace) {
        boolean isEmpty = true;
        for (ResourceType type : NAMESPACED) {
            for (Resource object : state.list(type, namespace.name())) {
                state.delete(type, object, Deletion.now());
            }
            isEmpty &= state.list(type, namespace.name()).isEmpty();
        }
        if (!isEmpty) {
            return Optional.of(NEXT_LOOK);
        }
        state.edit(Kind.NAMESPACE, namespace, object -> object.withObjectProperty("spec").putArray("finalizers"));
        return Optional.empty();
    }
}
