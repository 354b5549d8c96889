package dev.trafficlab.web.page;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.servlet.view.RedirectView;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.limits.Charged;

/** A lab as a whole: come back to it, start over, use it from elsewhere. */
@Controller
class LabController {

    private final Courses courses;
    private final Labs labs;
    private final Cluster cluster;

    LabController(Courses courses, Labs labs, Cluster cluster) {
        this.courses = courses;
        this.labs = labs;
        this.cluster = cluster;
    }

    @GetMapping("/labs/{labId}")
    RedirectView goOn(@RequestAttribute Lab lab) {
        // An author may have taken the step away where the learner was.
        boolean there = courses.find(lab.course())
                .flatMap(course -> CoursePage.find(course, lab.current()))
                .isPresent();
        return there ? LabRedirects.toLab(lab) : LabRedirects.toStep(lab.id(), CoursePage.WELCOME, "");
    }

    @GetMapping("/labs/{labId}/reset")
    String confirmReset(@RequestAttribute Lab lab, Model model) {
        model.addAttribute("labId", lab.id()).addAttribute("here", lab.current());
        return "reset";
    }

    @PostMapping("/labs/{labId}/reset")
    @Charged(Charged.What.CHANGE)
    RedirectView reset(@PathVariable String labId, @RequestAttribute Lab lab) {
        labs.reset(labId);
        return LabRedirects.toLab(labs.find(labId).orElse(lab));
    }

    @GetMapping("/labs/{labId}/kubectl")
    String kubectl(@RequestAttribute Lab lab, Model model) {
        model.addAttribute("labId", lab.id())
                .addAttribute("here", lab.current())
                .addAttribute("course", courses.find(lab.course())
                        .orElseThrow(() -> new UnknownPageException(lab.course(), lab.current())))
                .addAttribute("shared", cluster.kind() == Cluster.Kind.KUBECONFIG);
        return "kubectl";
    }
}
