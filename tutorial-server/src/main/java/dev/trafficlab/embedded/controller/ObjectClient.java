package dev.trafficlab.embedded.controller;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.Objects;
import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.write.Deletion;
import dev.trafficlab.embedded.store.ObjectKey;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * The cluster's state as the controllers see it: reads are of what is acknowledged now, writes hold only where nobody else wrote since
 * the reading.
 *
 * <p>A write fails with an {@link dev.trafficlab.embedded.api.ApiException}, on which the work queue looks again.
 */
public final class ObjectClient {

    private final ObjectStore store;
    private final Objects objects;

    ObjectClient(ObjectStore store, Objects objects) {
        this.store = store;
        this.objects = objects;
    }

    public Optional<Resource> find(Kind kind, String namespace, String name) {
        return store.get(new ObjectKey(kind.resource(), namespace, name)).map(ObjectClient::resource);
    }

    public Optional<Resource> find(ResourceType type, String namespace, String name) {
        return objects.get(type, namespace, name).map(ObjectClient::resource);
    }

    /** All of the kind in the namespace; in all namespaces when it is empty. */
    public List<Resource> list(Kind kind, String namespace) {
        return list(kind.resource(), namespace);
    }

    public List<Resource> list(ResourceType type, String namespace) {
        return list(type.resource(), namespace);
    }

    private List<Resource> list(String resource, String namespace) {
        return store.list(resource, namespace).objects().stream().map(ObjectClient::resource).toList();
    }

    /** The start of a new object. */
    public static ObjectNode draft(Kind kind, String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }

    public Resource create(Kind kind, ObjectNode object) {
        return create(kind.type(), object);
    }

    public Resource create(ResourceType type, ObjectNode object) {
        return resource(objects.create(type, object));
    }

    /** Changes everything but the status; the object as it is when the change changes nothing. */
    public Resource edit(Kind kind, Resource old, Consumer<ObjectNode> change) {
        return edit(kind.type(), old, change);
    }

    public Resource edit(ResourceType type, Resource old, Consumer<ObjectNode> change) {
        ObjectNode next = old.copy();
        change.accept(next);
        return next.equals(old.json()) ? old : resource(objects.update(type, next));
    }

    /** Changes the status alone; the object as it is when the change changes nothing. */
    public Resource editStatus(Kind kind, Resource old, Consumer<ObjectNode> change) {
        ObjectNode next = old.copy();
        change.accept(next.withObjectProperty("status"));
        return next.path("status").equals(old.status()) ? old : resource(objects.updateStatus(kind.type(), next));
    }

    /** Asks for the object's end, in its usual way; gone already is fine. */
    public void delete(Kind kind, Resource object) {
        delete(kind.type(), object, Deletion.usual());
    }

    public void delete(ResourceType type, Resource object, Deletion deletion) {
        Optional<StoredObject> now = objects.get(type, object.namespace(), object.name());
        if (now.filter(found -> resource(found).uid().equals(object.uid())).isPresent()) {
            objects.delete(type, object.namespace(), object.name(), deletion);
        }
    }

    private static Resource resource(StoredObject object) {
        return new Resource(object.value());
    }
}
