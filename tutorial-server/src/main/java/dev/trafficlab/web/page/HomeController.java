package dev.trafficlab.web.page;

import java.util.Comparator;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.web.security.LearnerAccess;

/** The landing page. */
@Controller
class HomeController {

    private final Courses courses;
    private final Labs labs;
    private final LearnerAccess access;

    HomeController(Courses courses, Labs labs, LearnerAccess access) {
        this.courses = courses;
        this.labs = labs;
        this.access = access;
    }

    @GetMapping("/")
    String home(HttpServletRequest request, Model model) {
        model.addAttribute("offers", courses.all()
                .stream()
                .map(course -> new Offer(course, Outline.of(course, CoursePage.WELCOME)))
                .toList());
        model.addAttribute("problems", courses.problems());
        lastLab(request).flatMap(this::welcomeBack).ifPresent(back -> model.addAttribute("back", back));
        return "home";
    }

    @GetMapping("/login")
    String login() {
        return "login";
    }

    private Optional<Lab> lastLab(HttpServletRequest request) {
        return access.labs(request).stream().flatMap(id -> labs.find(id).stream()).max(Comparator.comparing(Lab::seen));
    }

    private Optional<WelcomeBack> welcomeBack(Lab lab) {
        return courses.find(lab.course())
                .filter(course -> CoursePage.find(course, lab.current()).isPresent())
                .map(course -> new WelcomeBack(course.title(), Outline.of(course, lab.current(), lab)));
    }

    /** A course to start. */
    record Offer(Course course, Outline outline) {}

    /** A lab to go on with. */
    record WelcomeBack(String course, Outline outline) {}
}
