package dev.trafficlab.embedded.api.admission;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** The rules for Deployments and ReplicaSets. */
final class WorkloadValidation {

    private final FieldErrors errors;
    private final SelectorValidation selectors;

    WorkloadValidation(FieldErrors errors) {
        this.errors = errors;
        selectors = new SelectorValidation(errors);
    }

    void checkDeployment(JsonNode deployment, Optional<? extends JsonNode> old) {
        JsonNode spec = deployment.path("spec");
        checkNotNegative(spec, "replicas");
        checkTemplate(spec, checkSelector(spec, "deployment"));
        checkStrategy(spec.path("strategy"));
        checkNotNegative(spec, "minReadySeconds");
        checkNotNegative(spec, "revisionHistoryLimit");
        checkDeadline(spec);
        old.ifPresent(before -> checkSelectorUnchanged(spec, before.path("spec")));
    }

    void checkReplicaSet(JsonNode replicaSet, Optional<? extends JsonNode> old) {
        JsonNode spec = replicaSet.path("spec");
        checkNotNegative(spec, "replicas");
        checkNotNegative(spec, "minReadySeconds");
        checkTemplate(spec, checkSelector(spec, "replica set"));
        old.ifPresent(before -> checkSelectorUnchanged(spec, before.path("spec")));
    }

    private void checkNotNegative(JsonNode spec, String field) {
        if (spec.path(field).asInt() < 0) {
            errors.invalid("spec." + field, spec.get(field), "must be greater than or equal to 0");
        }
    }

    /** Whether the selector can be asked what it selects; one that is not there selects nothing. */
    private boolean checkSelector(JsonNode spec, String kind) {
        JsonNode selector = spec.path("selector");
        if (!selector.isObject()) {
            errors.required("spec.selector", "");
            return true;
        }
        boolean valid = selectors.check(selector, "spec.selector");
        if (!valid) {
            errors.invalid("spec.selector", GoJson.selector(selector), "invalid label selector");
        }
        if (SelectorValidation.isEmpty(selector)) {
            errors.invalid("spec.selector", GoJson.selector(selector),
                    "empty selector is invalid for " + kind);
        }
        return valid;
    }

    private void checkTemplate(JsonNode spec, boolean selectable) {
        JsonNode template = spec.path("template");
        JsonNode labels = template.path("metadata").path("labels");
        JsonNode selector = spec.path("selector");
        if (selectable && !(selector.isObject() && SelectorValidation.matches(selector, labels))) {
            errors.invalid("spec.template.metadata.labels", GoJson.map(labels),
                    "`selector` does not match template `labels`");
        }
        var metadata = new MetadataValidation(errors);
        metadata.checkLabels(labels, "spec.template.metadata.labels");
        metadata.checkAnnotations(template.path("metadata").path("annotations"), "spec.template.metadata.annotations");
        new PodValidation(errors).check(template.path("spec"), "spec.template.spec");
        String restart = template.path("spec").path("restartPolicy").asText();
        if (List.of("Never", "OnFailure").contains(restart)) {
            errors.unsupported("spec.template.spec.restartPolicy", restart, List.of("Always"));
        }
    }

    private void checkStrategy(JsonNode strategy) {
        String type = strategy.path("type").asText();
        JsonNode rolling = strategy.path("rollingUpdate");
        switch (type) {
            case "Recreate" -> {
                if (rolling.isObject()) {
                    errors.forbidden("spec.strategy.rollingUpdate",
                            "may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> checkRollingUpdate(rolling);
            case "" -> errors.required("spec.strategy.type", "");
            default -> errors.unsupported("spec.strategy", GoJson.strategy(strategy), List.of("Recreate",
                    "RollingUpdate"));
        }
    }

    private void checkRollingUpdate(JsonNode rolling) {
        checkShare(rolling, "maxUnavailable");
        checkShare(rolling, "maxSurge");
        if (isZero(rolling.path("maxUnavailable")) && isZero(rolling.path("maxSurge"))) {
            errors.invalid("spec.strategy.rollingUpdate.maxUnavailable", rolling.path("maxUnavailable"),
                    "may not be 0 when `maxSurge` is 0");
        }
    }

    private void checkShare(JsonNode rolling, String field) {
        JsonNode share = rolling.path(field);
        String path = "spec.strategy.rollingUpdate." + field;
        if (share.isTextual() && !share.textValue().matches("[0-9]+%")) {
            errors.invalid(path, share,
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. "
                            + "'1%',  or '93%', regex used for validation is '[0-9]+%')");
        } else if (share.isNumber() && share.asInt() < 0) {
            errors.invalid(path, share, "must be greater than or equal to 0");
        } else if (share.isTextual() && field.equals("maxUnavailable") && percent(share) > 100) {
            errors.invalid(path, share, "must not be greater than 100%");
        }
    }

    private static boolean isZero(JsonNode share) {
        return share.isTextual() ? percent(share) == 0 : share.asInt() == 0;
    }

    private static long percent(JsonNode share) {
        String digits = share.textValue().replace("%", "");
        return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : Long.MAX_VALUE;
    }

    private void checkDeadline(JsonNode spec) {
        checkNotNegative(spec, "progressDeadlineSeconds");
        int deadline = spec.path("progressDeadlineSeconds").asInt();
        if (spec.has("progressDeadlineSeconds") && deadline >= 0 && deadline <= spec.path("minReadySeconds").asInt()) {
            errors.invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds");
        }
    }

    private void checkSelectorUnchanged(JsonNode spec, JsonNode before) {
        if (!spec.path("selector").equals(before.path("selector"))) {
            errors.invalid("spec.selector", GoJson.selector(spec.path("selector")), "field is immutable");
        }
    }
}
