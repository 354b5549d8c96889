package dev.trafficlab.embedded.store.file;

import dev.trafficlab.embedded.store.ObjectKey;

/** Writes keys as the file orders them: by resource, namespace and name. */
public final class KeyCodec {

    private static final char SEPARATOR = '\0';
    private static final char AFTER = '\1';

    private KeyCodec() {}

    public static String of(ObjectKey key) {
        return key.resource() + SEPARATOR + key.namespace() + SEPARATOR + key.name();
    }

    public static ObjectKey parse(String key) {
        int first = key.indexOf(SEPARATOR);
        int second = key.indexOf(SEPARATOR, first + 1);
        return new ObjectKey(key.substring(0, first), key.substring(first + 1, second), key.substring(second + 1));
    }

    /** The first key that the resource in the namespace (empty: in any) can have. */
    public static String first(String resource, String namespace) {
        return namespace.isEmpty() ? resource + SEPARATOR : resource + SEPARATOR + namespace + SEPARATOR;
    }

    /** The first key that can follow the object's. */
    public static String after(ObjectKey key) {
        return of(key) + SEPARATOR;
    }

    /** A key beyond all those of the resource in the namespace (empty: in any). */
    public static String end(String resource, String namespace) {
        return namespace.isEmpty() ? resource + AFTER : resource + SEPARATOR + namespace + AFTER;
    }
}
