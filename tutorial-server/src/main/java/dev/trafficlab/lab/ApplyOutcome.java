package dev.trafficlab.lab;

import java.util.List;

import dev.trafficlab.embedded.analysis.Finding;

/** What became of a manifest. */
public sealed interface ApplyOutcome {

    /**
     * Everything was taken.
     *
     * @param objects what became of each object, in the manifest's order, and of what was restarted
     * @param changes what changed in each object of the manifest
     * @param findings what the analysis finds in the lab since
     */
    record Applied(List<AppliedObject> objects, List<ManifestPreview.Change> changes, List<Finding> findings)
            implements
                ApplyOutcome {
        public Applied {
            objects = List.copyOf(objects);
            changes = List.copyOf(changes);
            findings = List.copyOf(findings);
        }
    }

    /** Nothing was applied. */
    record Rejected(List<Problem> problems) implements ApplyOutcome {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /** Nothing was applied, as others hold some of the fields. */
    record Conflicted(List<Conflict> conflicts) implements ApplyOutcome {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * A field that somebody else holds.
     *
     * @param object kind and name
     * @param field its path, {@code spec.replicas}
     * @param owner the field manager that set it
     */
    record Conflict(String object, String field, String owner) {}

    /**
     * One object of the manifest.
     *
     * @param kind its kind
     * @param name its name
     * @param result {@code created}, {@code configured}, {@code unchanged} or {@code restarted}
     */
    record AppliedObject(String kind, String name, String result) {}

    /**
     * Why an object was refused.
     *
     * @param object kind and name, or where in the text it stands; empty when the whole text is meant
     * @param message the API server's own message
     */
    record Problem(String object, String message) {}
}
