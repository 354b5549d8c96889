package dev.trafficlab.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One object at one revision.
 *
 * @param key where it lives
 * @param revision the store's revision of its last write, its {@code metadata.resourceVersion}
 * @param value the whole object as Kubernetes JSON; shared, so never to be changed: take a deep copy
 */
public record StoredObject(ObjectKey key, long revision, ObjectNode value) {}
