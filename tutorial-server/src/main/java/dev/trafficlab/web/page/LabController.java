package dev.trafficlab.web.page;

import java.net.URI;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;
import dev.trafficlab.web.security.LearnerAccess;

/** A lab as a whole: start it, come back to it, start over, use it from elsewhere. */
@Controller
class LabController {

    private final Courses courses;
    private final Labs labs;
    private final LearnerAccess access;
    private final Cluster cluster;

    LabController(Courses courses, Labs labs, LearnerAccess access, Cluster cluster) {
        this.courses = courses;
        this.labs = labs;
        this.access = access;
        this.cluster = cluster;
    }

    @PostMapping("/labs")
    ResponseEntity<Void> start(@RequestParam("course") String courseId, HttpServletRequest request,
            HttpServletResponse response) {
        if (courses.find(courseId).isEmpty()) {
            throw new UnknownPageException(courseId, CoursePage.WELCOME);
        }
        NewLab made = labs.create(courseId);
        access.welcome(made, request, response);
        return seeOther(made.lab().id(), CoursePage.WELCOME);
    }

    @GetMapping("/labs/{labId}")
    ResponseEntity<Void> goOn(@RequestAttribute Lab lab) {
        return seeOther(lab);
    }

    @GetMapping("/labs/{labId}/reset")
    String confirmReset(@RequestAttribute Lab lab, Model model) {
        model.addAttribute("labId", lab.id()).addAttribute("here", lab.current());
        return "reset";
    }

    @PostMapping("/labs/{labId}/reset")
    ResponseEntity<Void> reset(@PathVariable String labId, @RequestAttribute Lab lab) {
        labs.reset(labId);
        return seeOther(labs.find(labId).orElse(lab));
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

    private static ResponseEntity<Void> seeOther(Lab lab) {
        return seeOther(lab.id(), lab.current());
    }

    private static ResponseEntity<Void> seeOther(String labId, String pageId) {
        URI step = URI.create("/labs/" + labId + "/steps/" + pageId);
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(step).build();
    }
}
