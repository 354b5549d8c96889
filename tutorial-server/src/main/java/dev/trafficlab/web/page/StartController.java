package dev.trafficlab.web.page;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

import dev.trafficlab.course.Courses;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.NewLab;
import dev.trafficlab.web.security.LearnerAccess;
import dev.trafficlab.web.starts.StartLine;
import dev.trafficlab.web.starts.Ticket;

/** Starts labs: at once, or when it is the visitor's turn. */
@Controller
class StartController {

    private static final String WAITING = "/start";

    /** A page that waits looks again no later than this, so that the place in line moves on. */
    private static final long SLOWEST_LOOK_SECONDS = 10;

    private final Courses courses;
    private final Labs labs;
    private final LearnerAccess access;
    private final StartLine line;

    StartController(Courses courses, Labs labs, LearnerAccess access, StartLine line) {
        this.courses = courses;
        this.labs = labs;
        this.access = access;
        this.line = line;
    }

    @PostMapping("/labs")
    ModelAndView start(@RequestParam("course") String courseId, HttpServletRequest request,
            HttpServletResponse response) {
        if (courses.find(courseId).isEmpty()) {
            throw new UnknownPageException(courseId, CoursePage.WELCOME);
        }
        return line.ask(courseId, request, response).isPresent()
                ? new ModelAndView(LabRedirects.to(WAITING))
                : lab(courseId, request, response);
    }

    /** The waiting room: it looks again by itself, and starts the lab when it is the browser's turn. */
    @GetMapping(WAITING)
    ModelAndView waiting(HttpServletRequest request, HttpServletResponse response) {
        Optional<Ticket> ticket = line.ticket(request);
        if (ticket.isEmpty()) {
            return new ModelAndView(LabRedirects.to("/"));
        }
        Duration wait = line.wait(ticket.get());
        if (!wait.isZero()) {
            long look = Math.clamp(wait.plusMillis(999).toSeconds(), 1, SLOWEST_LOOK_SECONDS);
            response.setHeader("Refresh", Long.toString(look));
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            ModelAndView page = new ModelAndView("waiting").addObject("place", line.place(ticket.get()))
                    .addObject("seconds", wait.plusMillis(999).toSeconds());
            page.setStatus(HttpStatus.OK);
            return page;
        }
        return line.use(ticket.get(), request, response)
                ? lab(ticket.get().course(), request, response)
                : new ModelAndView(LabRedirects.to("/"));
    }

    private ModelAndView lab(String courseId, HttpServletRequest request, HttpServletResponse response) {
        NewLab made = labs.create(courseId);
        access.welcome(made, request, response);
        return new ModelAndView(LabRedirects.toStep(made.lab().id(), CoursePage.WELCOME, ""));
    }
}
