package dev.trafficlab.embedded.store;

/**
 * What a watcher listens to.
 *
 * @param resource the resource, empty for all
 * @param namespace the namespace, empty for all
 */
record WatchSelector(String resource, String namespace) {

    boolean covers(ObjectKey key) {
        return (resource.isEmpty() || resource.equals(key.resource()))
                && (namespace.isEmpty() || namespace.equals(key.namespace()));
    }
}
