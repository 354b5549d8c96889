package dev.trafficlab.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import dev.trafficlab.lab.ApplyOutcome.Applied;
import dev.trafficlab.lab.ApplyOutcome.AppliedObject;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ApplyOutcome.Rejected;

/**
 * Applies objects, all or nothing: the cluster is first asked to try each one without keeping it, and only when it would take them all
 * they are sent for good. Apply wins over edits made with other tools, as a learner who presses it expects.
 */
final class ServerSideApply {

    private static final PatchContext TRIAL = context(List.of("All"));
    private static final PatchContext FOR_GOOD = context(List.of());

    /** What the API server says, as an error of its own (500), of a manifest that does not fit its kind. */
    private static final List<String> UNFIT = List.of("failed to create typed patch object",
            "failed to convert new object");

    private final KubernetesClient client;

    ServerSideApply(KubernetesClient client) {
        this.client = client;
    }

    ApplyOutcome apply(List<ManifestObject> objects) {
        List<Problem> problems = new ArrayList<>();
        List<String> before = new ArrayList<>();
        for (ManifestObject object : objects) {
            try {
                before.add(version(send(object, TRIAL)));
            } catch (KubernetesClientException e) {
                problems.add(new Problem(object.title(), refusal(e)));
            }
        }
        return problems.isEmpty() ? new Applied(keep(objects, before)) : new Rejected(problems);
    }

    private List<AppliedObject> keep(List<ManifestObject> objects, List<String> before) {
        List<AppliedObject> applied = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            ManifestObject object = objects.get(i);
            String result = result(before.get(i), version(send(object, FOR_GOOD)));
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

    /** The API server's own message, when it is the manifest that it finds fault with. */
    private static String refusal(KubernetesClientException e) {
        boolean unfit = UNFIT.stream().anyMatch(start -> message(e).startsWith(start));
        if (!unfit && (e.getCode() < 400 || e.getCode() >= 500)) {
            throw e;
        }
        return message(e);
    }

    private static String message(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus()).map(status -> status.getMessage()).or(() -> Optional.ofNullable(e
                .getMessage()))
                .orElse("HTTP " + e.getCode());
    }

    private static PatchContext context(List<String> dryRun) {
        return new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager("traffic-lab")
                .withForce(true).withFieldValidation("Strict").withDryRun(dryRun).build();
    }
}
