package dev.trafficlab.cluster;

/** Tells cheaply whether a namespace may have changed, so that nobody lists objects only to find them as they were. */
@FunctionalInterface
public interface NamespaceRevisions {

    /** A number that is another one after each change of the namespace's objects; it may change without one, too. */
    long of(String namespace);
}
