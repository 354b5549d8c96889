package dev.trafficlab.embedded.mesh.model;

/** Takes what an object asks for and the mesh does not do. */
@FunctionalInterface
public interface UnsupportedReport {

    /** Something in the object is not supported. */
    void notSupported(String kind, String namespace, String name, String message);

    /** Something in the object is not supported. */
    default void notSupported(ObjectMeta object, String message) {
        notSupported(object.kind(), object.namespace(), object.name(), message);
    }

    /** Something in the object makes the proxies refuse the routes of the port that are being compiled. */
    default void refused(ObjectMeta object, String message) {
        notSupported(object, message);
    }

    /** Something in the object makes the proxies refuse the routes of all ports: Envoy finds it before it looks at any. */
    default void refusedPush(ObjectMeta object, String message) {
        notSupported(object, message);
    }
}
