package dev.trafficlab.web.api;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Step;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.NewLab;

/**
 * A lab as the API shows it.
 *
 * @param id its name, also that of its namespace
 * @param token its learner's secret, told only when the lab is made
 * @param namespace the namespace on the cluster
 * @param gatewayPath where its ingress gateway is reached on this server
 * @param gatewayUrl where it has a site of its own; on a server that has no name for one, the same as the path
 * @param course the id of its course
 * @param current the step last opened
 * @param steps the course's steps with the progress made
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record LabBody(String id, Optional<String> token, String namespace, String gatewayPath,
        Optional<URI> gatewayUrl, String course, Instant created,
        String current, List<StepBody> steps) {

    /** The lab with its secret, as seen below this root: the path at which the client sees this server. */
    static LabBody of(NewLab made, Course course, String root) {
        return of(made.lab(), course, root, Optional.of(made.token()));
    }

    /** The lab as seen below this root. */
    static LabBody of(Lab lab, Course course, String root) {
        return of(lab, course, root, Optional.empty());
    }

    private static LabBody of(Lab lab, Course course, String root, Optional<String> token) {
        List<StepBody> steps = course.steps().stream().map(step -> StepBody.of(step, lab.progress(step.id()))).toList();
        return new LabBody(lab.id(), token, lab.id(), root + "/gateway/" + lab.id(), Optional.empty(), lab.course(), lab
                .created(), lab
                        .current(), steps);
    }

    /** The same with the address of its gateway's site. */
    LabBody at(URI site) {
        return new LabBody(id, token, namespace, gatewayPath, Optional.of(site), course, created, current, steps);
    }

    /**
     * A step and how far it is.
     *
     * @param applied whether Apply has succeeded
     * @param appliedAt when it last did
     * @param checked whether Check was passed
     * @param checkedAt when it first was
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record StepBody(String id, int number, String title, boolean applied, Optional<Instant> appliedAt, boolean checked,
            Optional<Instant> checkedAt) {

        static StepBody of(Step step, Lab.StepProgress progress) {
            return new StepBody(step.id(), step.number(), step.title(), progress.applied().isPresent(), progress
                    .applied(),
                    progress.checked().isPresent(), progress.checked());
        }
    }
}
