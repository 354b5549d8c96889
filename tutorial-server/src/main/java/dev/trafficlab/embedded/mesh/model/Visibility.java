package dev.trafficlab.embedded.mesh.model;

import java.util.List;

/** Istio's {@code exportTo}. */
public final class Visibility {

    private Visibility() {}

    /** Whether an object of one namespace is seen from another. */
    public static boolean isVisible(List<String> exportTo, String own, String from) {
        return exportTo.isEmpty() || exportTo.contains("*") || exportTo.contains(from)
                || exportTo.contains(".") && own.equals(from);
    }

    /** Whether nobody but its own namespace sees it. */
    public static boolean isPrivate(List<String> exportTo) {
        return exportTo.contains(".") && !exportTo.contains("*");
    }

    /** Private objects come before those exported to some namespaces, these before public ones. */
    public static int rank(List<String> exportTo) {
        if (exportTo.isEmpty() || exportTo.contains("*")) {
            return 2;
        }
        return isPrivate(exportTo) ? 0 : 1;
    }
}
