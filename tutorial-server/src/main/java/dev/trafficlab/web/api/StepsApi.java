package dev.trafficlab.web.api;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.CheckOutcome;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.Labs.Fields;
import dev.trafficlab.limits.Charged;

/** What moves a lab forward: apply, check, and the learner's own manifests. */
@RestController
@RequestMapping("/api/v1/labs/{lab}")
class StepsApi {

    private final Labs labs;

    StepsApi(Labs labs) {
        this.labs = labs;
    }

    /** Applies the step's manifests: all of them, or nothing. With {@code force}, fields that others hold are taken over. */
    @PostMapping("/steps/{step}/apply")
    @Charged(Charged.What.CHANGE)
    AppliedBody apply(Learner learner, @PathVariable String step, @RequestParam(defaultValue = "false") boolean force,
            Locale locale) {
        return AppliedBody.of(labs.apply(learner.lab(), step, Fields.taking(force)), locale);
    }

    /** Runs the step's checks. */
    @PostMapping("/steps/{step}/check")
    @Charged(Charged.What.CHANGE)
    CheckedBody check(Learner learner, @PathVariable String step, Locale locale) {
        return CheckedBody.of(labs.check(learner.lab(), step), locale);
    }

    /** Applies the learner's own manifest (YAML, or JSON as a kind of it): all of it, or nothing. */
    @PutMapping(path = "/manifests", consumes = {"application/yaml", "application/x-yaml", "application/*+yaml",
        MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE, "text/*"})
    @Charged(Charged.What.CHANGE)
    AppliedBody manifests(Learner learner, @RequestBody byte[] yaml,
            @RequestParam(defaultValue = "false") boolean force, Locale locale) {
        return AppliedBody.of(labs.applyManifest(learner.lab(), new String(yaml, StandardCharsets.UTF_8), Fields.taking(
                force)), locale);
    }

    /**
     * What the checks of a step found.
     *
     * @param checks one entry a check, in the step's order
     * @param findings what the analysis finds in the lab, where a check failed
     */
    record CheckedBody(boolean passed, List<CheckOutcome.Result> checks, List<FindingBody> findings) {

        static CheckedBody of(CheckOutcome outcome, Locale locale) {
            return new CheckedBody(outcome.passed(), outcome.checks(), FindingBody.of(outcome.findings(), locale));
        }
    }

    /**
     * What was applied.
     *
     * @param objects one entry an object, in the manifest's order
     * @param findings what the analysis finds in the lab since, the most serious first
     */
    record AppliedBody(List<ApplyOutcome.AppliedObject> objects, List<FindingBody> findings) {

        static AppliedBody of(ApplyOutcome outcome, Locale locale) {
            return switch (outcome) {
                case ApplyOutcome.Applied applied -> new AppliedBody(applied.objects(), FindingBody.of(applied
                        .findings(), locale));
                case ApplyOutcome.Conflicted conflicted -> throw new ManifestConflictException(conflicted.conflicts());
                case ApplyOutcome.Rejected rejected -> throw new ManifestRejectedException(rejected.problems());
            };
        }
    }
}
