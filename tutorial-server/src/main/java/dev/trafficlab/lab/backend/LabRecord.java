package dev.trafficlab.lab.backend;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Lab.StepProgress;

/** How a lab is written on its Namespace: the one place that knows the labels and annotations. */
public final class LabRecord {

    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String TRAFFIC_LAB = "traffic-lab";

    private static final String DOMAIN = "trafficlab.dev/";
    private static final String TOKEN_HASH = DOMAIN + "token-sha256";
    private static final String COURSE = DOMAIN + "course";
    private static final String CURRENT_STEP = DOMAIN + "current-step";
    private static final String CREATED = DOMAIN + "created";
    private static final String SEEN = DOMAIN + "seen";
    private static final String APPLIED = DOMAIN + "applied.";
    private static final String CHECKED = DOMAIN + "checked.";

    /** Labels with a domain that are the learner's to set; all other labels with a domain are the platform's. */
    private static final Set<String> LEARNERS_LABELS = Set.of("istio.io/rev");

    private LabRecord() {}

    /** A Namespace for a new lab. */
    public static Namespace newNamespace(String labId, String token, String course, String step, Instant now) {
        return new NamespaceBuilder().withNewMetadata()
                .withName(labId)
                .addToLabels(MANAGED_BY, TRAFFIC_LAB)
                .addToAnnotations(TOKEN_HASH, LabSecrets.hash(token))
                .addToAnnotations(COURSE, course)
                .addToAnnotations(CURRENT_STEP, step)
                .addToAnnotations(CREATED, now.toString())
                .addToAnnotations(SEEN, now.toString())
                .endMetadata()
                .build();
    }

    /** The lab that the Namespace is; empty when it is none, or is going away. */
    public static Optional<Lab> read(Namespace namespace) {
        ObjectMeta meta = namespace.getMetadata();
        Map<String, String> annotations = annotations(namespace);
        String course = annotations.get(COURSE);
        if (course == null || meta.getDeletionTimestamp() != null || !isManaged(meta)) {
            return Optional.empty();
        }
        Instant created = instant(annotations, CREATED).or(() -> parse(meta.getCreationTimestamp()))
                .orElse(Instant.EPOCH);
        Instant seen = instant(annotations, SEEN).orElse(created);
        String current = annotations.getOrDefault(CURRENT_STEP, "");
        return Optional.of(new Lab(meta.getName(), course, created, seen, current, progress(annotations)));
    }

    /** The hash of the token that opens the lab. */
    static Optional<String> tokenHash(Namespace namespace) {
        return read(namespace).flatMap(lab -> Optional.ofNullable(annotations(namespace).get(TOKEN_HASH)));
    }

    public static Map<String, String> seen(Instant now) {
        return Map.of(SEEN, now.toString());
    }

    public static Map<String, String> visited(String stepId, Instant now) {
        return Map.of(CURRENT_STEP, stepId, SEEN, now.toString());
    }

    public static Map<String, String> applied(String stepId, Instant now) {
        return Map.of(APPLIED + stepId, now.toString(), CURRENT_STEP, stepId, SEEN, now.toString());
    }

    public static Map<String, String> checked(String stepId, Instant now) {
        return Map.of(CHECKED + stepId, now.toString(), SEEN, now.toString());
    }

    /** What a reset does to the annotations: progress goes, the learner is at the first step again. */
    public static Map<String, @Nullable String> resetAnnotations(Namespace namespace, String firstStep,
            boolean learnersToo) {
        Map<String, @Nullable String> changes = new HashMap<>();
        annotations(namespace).keySet()
                .stream()
                .filter(key -> isProgress(key) || learnersToo && isLearners(key))
                .forEach(key -> changes.put(key, null));
        changes.put(CURRENT_STEP, firstStep);
        return changes;
    }

    /** What a reset does to the labels: those that a learner may set go. */
    public static Map<String, @Nullable String> resetLabels(Namespace namespace) {
        Map<String, @Nullable String> changes = new HashMap<>();
        labels(namespace.getMetadata()).keySet()
                .stream()
                .filter(LabRecord::isLearners)
                .forEach(key -> changes.put(key, null));
        return changes;
    }

    /** Whether a label or annotation of the lab's Namespace is the learner's to set. */
    public static boolean isLearners(String key) {
        return !key.contains("/") || LEARNERS_LABELS.contains(key);
    }

    private static boolean isProgress(String key) {
        return key.startsWith(APPLIED) || key.startsWith(CHECKED);
    }

    private static boolean isManaged(ObjectMeta meta) {
        return TRAFFIC_LAB.equals(labels(meta).get(MANAGED_BY));
    }

    private static Map<String, StepProgress> progress(Map<String, String> annotations) {
        Map<String, StepProgress> progress = new HashMap<>();
        annotations.keySet()
                .stream()
                .filter(LabRecord::isProgress)
                .map(key -> key.substring(APPLIED.length()))
                .forEach(step -> progress.put(step, new StepProgress(instant(annotations, APPLIED + step),
                        instant(annotations, CHECKED + step))));
        return progress;
    }

    private static Map<String, String> annotations(Namespace namespace) {
        Map<String, String> annotations = namespace.getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    private static Map<String, String> labels(ObjectMeta meta) {
        return meta.getLabels() == null ? Map.of() : meta.getLabels();
    }

    private static Optional<Instant> instant(Map<String, String> annotations, String key) {
        return parse(annotations.get(key));
    }

    private static Optional<Instant> parse(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
