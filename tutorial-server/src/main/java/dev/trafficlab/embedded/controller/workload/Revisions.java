package dev.trafficlab.embedded.controller.workload;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.controller.Resource;

/** The numbering of a Deployment's templates, from which {@code kubectl rollout history} and {@code undo} read. */
final class Revisions {

    private static final String REVISION = "deployment.kubernetes.io/revision";
    private static final String HISTORY = "deployment.kubernetes.io/revision-history";
    private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    private static final String MAX = "deployment.kubernetes.io/max-replicas";
    private static final Set<String> NOT_COPIED = Set.of("kubectl.kubernetes.io/last-applied-configuration", REVISION,
            HISTORY, DESIRED, MAX);

    private Revisions() {}

    public static long of(Resource object) {
        return object.annotation(REVISION).filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong).orElse(0L);
    }

    /** The number after the newest of these. */
    static long after(List<Resource> sets) {
        return sets.stream().mapToLong(Revisions::of).max().orElse(0) + 1;
    }

    /** Writes the Deployment's annotations, its size and at least the revision to a ReplicaSet. */
    static void mark(ObjectNode set, Rollout rollout, long revision) {
        ObjectNode annotations = set.withObjectProperty("metadata").withObjectProperty("annotations");
        for (Map.Entry<String, String> annotation : Resource
                .strings(rollout.deployment().metadata().path("annotations"))
                .entrySet()) {
            if (!NOT_COPIED.contains(annotation.getKey())) {
                annotations.put(annotation.getKey(), annotation.getValue());
            }
        }
        long earlier = annotations.path(REVISION).asLong(0);
        if (earlier < revision) {
            if (earlier > 0) {
                String history = annotations.path(HISTORY).asText();
                annotations.put(HISTORY, history.isEmpty() ? Long.toString(earlier) : history + "," + earlier);
            }
            annotations.put(REVISION, Long.toString(revision));
        }
        size(annotations, rollout);
    }

    static void size(ObjectNode annotations, Rollout rollout) {
        annotations.put(DESIRED, Integer.toString(rollout.replicas()));
        annotations.put(MAX, Integer.toString(rollout.most()));
    }

    /** Writes to the Deployment the revision that its current ReplicaSet has. */
    static void copy(ObjectNode deployment, Resource current) {
        deployment.withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put(REVISION,
                        Long.toString(of(current)));
    }
}
