package dev.trafficlab.embedded.store;

/**
 * Where an object lives.
 *
 * @param resource plural and group as Kubernetes writes them: {@code pods}, {@code deployments.apps}
 * @param namespace the namespace, empty for what belongs to the whole cluster
 * @param name the object's name
 */
public record ObjectKey(String resource, String namespace, String name) {}
