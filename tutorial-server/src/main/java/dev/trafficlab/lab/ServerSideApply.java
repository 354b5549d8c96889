package dev.trafficlab.lab;

import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import dev.trafficlab.lab.ApplyOutcome.Applied;
import dev.trafficlab.lab.ApplyOutcome.AppliedObject;
import dev.trafficlab.lab.ApplyOutcome.Conflict;
import dev.trafficlab.lab.ApplyOutcome.Conflicted;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ApplyOutcome.Rejected;

/**
 * Applies objects, all or nothing: the cluster is first asked to try each one without keeping it, and only when it would take them all
 * they are sent for good. Sending the same objects again changes nothing, so a lost answer does no harm.
 */
final class ServerSideApply {

    /** In whose name the cluster notes what a lab applies. */
    static final String FIELD_MANAGER = "traffic-lab";

    private static final String CONFLICT = "FieldManagerConflict";
    private static final Pattern OWNER = Pattern.compile("conflict with \"([^\"]+)\"");
    private static final int UNAUTHORIZED = HttpURLConnection.HTTP_UNAUTHORIZED;
    private static final int TOO_MANY = 429;

    /** What the API server says, as an error of its own (500), of a manifest that does not fit its kind. */
    private static final List<String> UNFIT = List.of("failed to create typed patch object",
            "failed to convert new object");

    private final KubernetesClient client;
    private final boolean takeOver;

    /** Fields that others set are taken over, or else reported as conflicts. */
    ServerSideApply(KubernetesClient client, boolean takeOver) {
        this.client = client;
        this.takeOver = takeOver;
    }

    /** How the lab's own objects are sent where nobody else may have a say. */
    static PatchContext taking() {
        return context(List.of(), true);
    }

    ApplyOutcome apply(List<ManifestObject> objects) {
        List<Problem> problems = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        List<String> before = new ArrayList<>();
        for (ManifestObject object : objects) {
            try {
                before.add(version(send(object, context(List.of("All"), takeOver))));
            } catch (KubernetesClientException e) {
                List<Conflict> found = conflicts(object, e);
                conflicts.addAll(found);
                if (found.isEmpty()) {
                    problems.add(new Problem(object.title(), refusal(e)));
                }
            }
        }
        if (!problems.isEmpty()) {
            return new Rejected(problems);
        }
        return conflicts.isEmpty() ? new Applied(keep(objects, before)) : new Conflicted(conflicts);
    }

    private List<AppliedObject> keep(List<ManifestObject> objects, List<String> before) {
        List<AppliedObject> applied = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            ManifestObject object = objects.get(i);
            String result = result(before.get(i), version(send(object, context(List.of(), takeOver))));
            applied.add(new AppliedObject(object.kind().kind(), object.name(), result));
        }
        return applied;
    }

    private GenericKubernetesResource send(ManifestObject object, PatchContext how) {
        var resources = client.genericKubernetesResources(object.kind().contextOf(object.resource().getApiVersion()));
        return resources.resource(object.resource()).patch(how);
    }

    /** The answer to a trial carries the version that is stored, so none when the object would be new. */
    private static String result(String before, String after) {
        if (before.isEmpty()) {
            return "created";
        }
        return before.equals(after) ? "unchanged" : "configured";
    }

    private static String version(GenericKubernetesResource resource) {
        return Optional.ofNullable(resource.getMetadata().getResourceVersion()).orElse("");
    }

    private static List<Conflict> conflicts(ManifestObject object, KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || e.getStatus() == null || e.getStatus()
                .getDetails() == null) {
            return List.of();
        }
        return e.getStatus()
                .getDetails()
                .getCauses()
                .stream()
                .filter(cause -> CONFLICT.equals(cause.getReason()))
                .map(cause -> new Conflict(object.title(), field(cause), owner(cause)))
                .toList();
    }

    private static String field(StatusCause cause) {
        String path = Optional.ofNullable(cause.getField()).orElse("");
        return path.startsWith(".") ? path.substring(1) : path;
    }

    private static String owner(StatusCause cause) {
        String message = Optional.ofNullable(cause.getMessage()).orElse("");
        Matcher matcher = OWNER.matcher(message);
        return matcher.find() ? matcher.group(1) : message;
    }

    /** The API server's own message, when it is the manifest that it finds fault with. */
    private static String refusal(KubernetesClientException e) {
        int code = e.getCode();
        boolean unfit = UNFIT.stream().anyMatch(start -> message(e).startsWith(start));
        if (!unfit && (code < 400 || code >= 500 || code == UNAUTHORIZED || code == TOO_MANY)) {
            throw e;
        }
        return message(e);
    }

    private static String message(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(status -> status.getMessage())
                .or(() -> Optional.ofNullable(e
                        .getMessage()))
                .orElse("HTTP " + e.getCode());
    }

    private static PatchContext context(List<String> dryRun, boolean force) {
        return new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(FIELD_MANAGER)
                .withForce(force)
                .withFieldValidation("Strict")
                .withDryRun(dryRun)
                .build();
    }
}
