package dev.trafficlab.web.api;

import java.nio.charset.StandardCharsets;
import java.util.List;

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
    AppliedBody apply(Learner learner, @PathVariable String step, @RequestParam(defaultValue = "false") boolean force) {
        return AppliedBody.of(labs.apply(learner.lab(), step, Fields.taking(force)));
    }

    /** Runs the step's checks. */
    @PostMapping("/steps/{step}/check")
    @Charged(Charged.What.CHANGE)
    CheckOutcome check(Learner learner, @PathVariable String step) {
        return labs.check(learner.lab(), step);
    }

    /** Applies the learner's own manifest (YAML, or JSON as a kind of it): all of it, or nothing. */
    @PutMapping(path = "/manifests", consumes = {"application/yaml", "application/x-yaml", "application/*+yaml",
        MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_OCTET_STREAM_VALUE, "text/*"})
    @Charged(Charged.What.CHANGE)
    AppliedBody manifests(Learner learner, @RequestBody byte[] yaml,
            @RequestParam(defaultValue = "false") boolean force) {
        return AppliedBody.of(labs.applyManifest(learner.lab(), new String(yaml, StandardCharsets.UTF_8), Fields.taking(
                force)));
    }

    /**
     * What was applied.
     *
     * @param objects one entry an object, in the manifest's order
     */
    record AppliedBody(List<ApplyOutcome.AppliedObject> objects) {

        static AppliedBody of(ApplyOutcome outcome) {
            return switch (outcome) {
                case ApplyOutcome.Applied applied -> new AppliedBody(applied.objects());
                case ApplyOutcome.Conflicted conflicted -> throw new ManifestConflictException(conflicted.conflicts());
                case ApplyOutcome.Rejected rejected -> throw new ManifestRejectedException(rejected.problems());
            };
        }
    }
}
