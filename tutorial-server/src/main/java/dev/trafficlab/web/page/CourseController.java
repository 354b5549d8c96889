package dev.trafficlab.web.page;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The course for everybody: no lab needed. */
@Controller
@RequestMapping("/courses/{courseId}")
class CourseController {

    private final CoursePages pages;

    CourseController(CoursePages pages) {
        this.pages = pages;
    }

    @GetMapping
    String course(@PathVariable String courseId) {
        // A redirect, because the text's links to steps are relative to the address of a step.
        pages.reading(courseId, CoursePage.WELCOME);
        return "redirect:/courses/{courseId}/steps/" + CoursePage.WELCOME;
    }

    /** Whether the author has changed the course since the page was made, and what is wrong with the change. */
    @GetMapping("/edition")
    ModelAndView edition(@PathVariable String courseId, @RequestParam long since) {
        return pages.edition(courseId, since);
    }

    @GetMapping("/steps/{pageId}")
    ModelAndView page(@PathVariable String courseId, @PathVariable String pageId) {
        return pages.reading(courseId, pageId);
    }
}
