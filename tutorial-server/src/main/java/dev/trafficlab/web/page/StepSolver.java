package dev.trafficlab.web.page;

import java.util.Map;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.Step;
import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.LoadSpec.From;
import dev.trafficlab.traffic.Traffic;

/** "Show me": does what a step asks of the learner, by the same means. */
@Component
class StepSolver {

    private static final int REQUESTS = 400;

    private final Labs labs;
    private final Traffic traffic;

    StepSolver(Labs labs, Traffic traffic) {
        this.labs = labs;
        this.traffic = traffic;
    }

    /** Applies the step, then counts afresh what its traffic shows. */
    void show(Lab lab, Step step) {
        if (labs.apply(lab.id(), step.id()) instanceof ApplyOutcome.Applied) {
            traffic.deleteLogs(lab.id());
            From from = step.traffic().inside() ? From.INSIDE : From.OUTSIDE;
            traffic.send(lab.id(), new LoadSpec(REQUESTS, step.traffic().path(), 20, Map.of(), from));
        }
    }
}
