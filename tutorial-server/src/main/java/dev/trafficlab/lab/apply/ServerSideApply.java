package dev.trafficlab.lab.apply;

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
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.ApplyOutcome.Applied;
import dev.trafficlab.lab.ApplyOutcome.AppliedObject;
import dev.trafficlab.lab.ApplyOutcome.Conflict;
import dev.trafficlab.lab.ApplyOutcome.Conflicted;
import dev.trafficlab.lab.ApplyOutcome.Rejected;
import dev.trafficlab.lab.ManifestPlan;
import dev.trafficlab.lab.ManifestPlan.PlannedObject;
import dev.trafficlab.lab.manifest.ManifestObject;

/**
 * Applies plans, all or nothing: only when the cluster would take every object they are sent for good. Sending the same objects again
 * changes nothing, so a lost answer does no harm.
 */
public final class ServerSideApply {

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

    public ServerSideApply(KubernetesClient client) {
        this.client = client;
    }

    /** How the lab's own objects are sent where nobody else may have a say. */
    static PatchContext taking() {
        return context(List.of(), true);
    }

    /** Sends what the plan holds, unless the cluster would refuse some of it. */
    public ApplyOutcome apply(ManifestPlan plan, boolean takeOver) {
        if (!plan.problems().isEmpty()) {
            return new Rejected(plan.problems());
        }
        if (!plan.conflicts().isEmpty()) {
            return new Conflicted(plan.conflicts());
        }
        List<AppliedObject> applied = new ArrayList<>();
        for (PlannedObject planned : plan.objects()) {
            ManifestObject object = planned.object();
            String after = version(of(object).patch(context(List.of(), takeOver)));
            applied.add(new AppliedObject(object.kind().kind(), object.name(), result(planned.versionBefore(), after)));
        }
        return new Applied(applied, plan.changes(), List.of());
    }

    /** Lets the cluster try the object without keeping it; the answer is the object as it would be stored. */
    public GenericKubernetesResource attempt(ManifestObject object, boolean takeOver) {
        return of(object).patch(context(List.of("All"), takeOver));
    }

    /** The object as it is stored. */
    public Optional<GenericKubernetesResource> stored(ManifestObject object) {
        return Optional.ofNullable(of(object).get());
    }

    private Resource<GenericKubernetesResource> of(ManifestObject object) {
        return client.genericKubernetesResources(object.kind().contextOf(object.resource().getApiVersion()))
                .resource(object.resource());
    }

    private static String result(String before, String after) {
        if (before.isEmpty()) {
            return "created";
        }
        return before.equals(after) ? "unchanged" : "configured";
    }

    /** The version that the answer carries; empty where the object is not stored. */
    public static String version(GenericKubernetesResource resource) {
        return Optional.ofNullable(resource.getMetadata().getResourceVersion()).orElse("");
    }

    /** The fields that others hold, where that is what the cluster complains of. */
    public static List<Conflict> conflicts(ManifestObject object, KubernetesClientException e) {
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
    public static String refusal(KubernetesClientException e) {
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
