package dev.trafficlab.web.page.traffic;

import jakarta.validation.Valid;

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
import dev.trafficlab.traffic.Traffic;
import dev.trafficlab.web.page.CoursePages;
import dev.trafficlab.web.page.LabRedirects;

/** The request generator, its tally, and the reasons behind one request. */
@Controller
@RequestMapping("/labs/{labId}")
class TrafficController {

    private final Traffic traffic;
    private final CoursePages pages;

    TrafficController(Traffic traffic, CoursePages pages) {
        this.traffic = traffic;
        this.pages = pages;
    }

    @PostMapping("/traffic")
    ModelAndView send(@PathVariable String labId, @Valid TrafficForm form,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        return answer(labId, form.step(), htmx, "sent").addObject("report", traffic.send(labId, form.order()));
    }

    @PostMapping("/traffic/start")
    ModelAndView start(@PathVariable String labId, @Valid TrafficForm form,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        traffic.start(labId, form.order(), form.rate());
        return answer(labId, form.step(), htmx, "started");
    }

    @PostMapping("/traffic/stop")
    ModelAndView stop(@PathVariable String labId, @RequestParam String step,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        traffic.stop(labId);
        return answer(labId, step, htmx, "stopped");
    }

    @PostMapping("/logs/delete")
    ModelAndView deleteLogs(@PathVariable String labId, @RequestParam String step,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        traffic.deleteLogs(labId);
        return answer(labId, step, htmx, "deleted");
    }

    @GetMapping("/trace")
    ModelAndView trace(@RequestAttribute Lab lab, @Valid TrafficForm form,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        TraceView trace = TraceView.of(traffic.follow(lab.id(), form.order()));
        ModelAndView view = htmx ? new ModelAndView("partial/trace") : pages.workbench(lab, form.step());
        return view.addObject("trace", trace);
    }

    /** Why one of the last requests went where it went. */
    @GetMapping("/requests/{number}")
    ModelAndView request(@RequestAttribute Lab lab, @PathVariable long number,
            @RequestHeader(name = "HX-Request", defaultValue = "false") boolean htmx) {
        ModelAndView view = htmx ? new ModelAndView("partial/trace") : pages.workbench(lab, lab.current());
        traffic.reasons(lab.id(), number)
                .map(TraceView::of)
                .ifPresentOrElse(trace -> view.addObject("trace", trace),
                        () -> view.addObject("forgotten", number));
        return view;
    }

    /** A line about what was done; without scripts, the step again, where the panel shows it. */
    private static ModelAndView answer(String labId, String step, boolean htmx, String done) {
        if (htmx) {
            return new ModelAndView("partial/done").addObject("done", done);
        }
        return new ModelAndView(LabRedirects.toStep(labId, step, "live"));
    }
}
