package dev.trafficlab.instructor;

import java.time.InstantSource;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

import dev.trafficlab.instructor.Classroom.ResetAll;
import dev.trafficlab.lab.UnknownLabException;

/** The instructor's page. */
@Controller
@RequestMapping("/instructor")
class InstructorPage {

    /** Flash attributes are kept in a cookie. */
    private static final int MOST_NAMED = 100;

    private final Classroom classroom;

    InstructorPage(Classroom classroom) {
        this.classroom = classroom;
    }

    @GetMapping
    String show(Model model) {
        model.addAttribute("labs", classroom.overview());
        model.addAttribute("ago", new Ago(InstantSource.system().instant()));
        return "instructor";
    }

    @PostMapping("/labs/{lab}/reset")
    RedirectView reset(@PathVariable String lab, RedirectAttributes flash) {
        Notice told = tryReset(lab);
        flash.addFlashAttribute("done", told);
        return backToPage();
    }

    @PostMapping("/reset")
    RedirectView resetAll(RedirectAttributes flash) {
        ResetAll outcome = classroom.resetAll();
        flash.addFlashAttribute("done", new Notice("classroom.done", outcome.reset()));
        flash.addFlashAttribute("failed", outcome.failed().stream().limit(MOST_NAMED).toList());
        return backToPage();
    }

    /** The list may be older than the removal of an idle lab. */
    private Notice tryReset(String lab) {
        try {
            classroom.reset(lab);
            return new Notice("classroom.done.lab", lab);
        } catch (UnknownLabException gone) {
            return new Notice("classroom.gone", lab);
        }
    }

    private static RedirectView backToPage() {
        RedirectView page = new RedirectView("/instructor", true);
        page.setStatusCode(HttpStatus.SEE_OTHER);
        return page;
    }
}
