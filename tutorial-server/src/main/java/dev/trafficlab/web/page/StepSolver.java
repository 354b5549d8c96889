package dev.trafficlab.web.page;

import org.springframework.stereotype.Component;

import dev.trafficlab.course.Step;
import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.traffic.LoadSpec;
import dev.trafficlab.traffic.Traffic;

/** "Show me": does what a step asks of the learner, by the same means. */
@Component
class StepSolver {

    private static final int REQUESTS = 400;
    private static final int CLIENTS = 20;

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
            traffic.send(lab.id(), LoadSpec.of(step.traffic(), REQUESTS, CLIENTS));
        }
    }
}
