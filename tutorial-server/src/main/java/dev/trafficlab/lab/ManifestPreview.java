package dev.trafficlab.lab;

import java.util.List;

/** Tells what a manifest would do to a lab, without doing it. */
public interface ManifestPreview {

    /** Tries the manifest on the cluster, which keeps nothing of it. */
    Review review(String labId, String yaml);

    /**
     * What the cluster says of a manifest.
     *
     * @param remarks why it would be refused; empty when it would be taken
     * @param changes what would become of each object, in the manifest's order; empty when it would be refused
     */
    record Review(List<Diagnostic> remarks, List<Change> changes) {
        public Review {
            remarks = List.copyOf(remarks);
            changes = List.copyOf(changes);
        }
    }

    /**
     * A fault and where it stands.
     *
     * @param line counted from 1
     * @param column counted from 1; 1 when the whole line is meant
     * @param object kind and name, or empty
     * @param message the API server's own, or ours
     */
    record Diagnostic(int line, int column, String object, String message) {}

    /**
     * What would become of an object.
     *
     * @param result {@code created}, {@code configured} or {@code unchanged}
     * @param lines the lines that would change, with some around them; empty unless it would be configured
     */
    record Change(String kind, String name, String result, List<DiffLine> lines) {
        public Change {
            lines = List.copyOf(lines);
        }
    }

    /** A line of an object before and after. */
    record DiffLine(Sign sign, String text) {}

    /** What happens to a line. */
    enum Sign {
        /** It stays. */
        SAME,
        /** It comes. */
        ADDED,
        /** It goes. */
        REMOVED,
        /** Lines that stay are left out here. */
        GAP
    }
}
