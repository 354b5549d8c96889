package dev.trafficlab.web.page;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.Labs.Fields;
import dev.trafficlab.limits.Charged;

/** A step in the learner's lab. */
@Controller
@RequestMapping("/labs/{labId}/steps/{stepId}")
class StepController {

    private final Labs labs;
    private final CoursePages pages;
    private final StepSolver demonstration;

    StepController(Labs labs, CoursePages pages, StepSolver demonstration) {
        this.demonstration = demonstration;
        this.labs = labs;
        this.pages = pages;
    }

    @GetMapping
    ModelAndView show(@RequestAttribute Lab lab, @PathVariable String stepId) {
        ModelAndView view = pages.workbench(lab, stepId);
        labs.visit(lab.id(), stepId);
        return view;
    }

    @GetMapping("/progress")
    ModelAndView progress(@RequestAttribute Lab lab, @PathVariable String stepId) {
        return pages.progress(lab, stepId);
    }

    @PostMapping("/apply")
    @Charged(Charged.What.CHANGE)
    ModelAndView apply(@RequestAttribute Lab lab, @PathVariable String stepId,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        return pages.applied(lab, stepId, labs.apply(lab.id(), stepId, Fields.taking(force)), htmx);
    }

    @PostMapping("/edit")
    @Charged(Charged.What.CHANGE)
    ModelAndView edit(@RequestAttribute Lab lab, @PathVariable String stepId, @RequestParam String yaml,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        return pages.applied(lab, stepId, labs.applyManifest(lab.id(), yaml, Fields.taking(force)), htmx)
                .addObject("draft", yaml)
                .addObject("edited", yaml);
    }

    @PostMapping("/check")
    @Charged(Charged.What.CHANGE)
    ModelAndView check(@RequestAttribute Lab lab, @PathVariable String stepId,
            @RequestParam(defaultValue = "0") int failures,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        return pages.checked(lab, stepId, labs.check(lab.id(), stepId), failures, htmx);
    }

    /** Looks whether the step's exercise is done. */
    @PostMapping("/exercise")
    @Charged(Charged.What.CHANGE)
    ModelAndView exercise(@RequestAttribute Lab lab, @PathVariable String stepId,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        return pages.tried(lab, stepId, labs.checkExercise(lab.id(), stepId), htmx);
    }

    /** Does for the learner what the step asks, and checks it. */
    @PostMapping("/show")
    @Charged(Charged.What.CHANGE)
    ModelAndView show(@RequestAttribute Lab lab, @PathVariable String stepId,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        pages.step(lab, stepId).ifPresent(step -> demonstration.show(lab, step));
        return pages.checked(lab, stepId, labs.check(lab.id(), stepId), 0, htmx).addObject("shown", true);
    }
}
