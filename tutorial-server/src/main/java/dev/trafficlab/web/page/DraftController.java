package dev.trafficlab.web.page;

import java.util.Arrays;
import java.util.List;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;

import dev.trafficlab.course.Courses;
import dev.trafficlab.course.Step;
import dev.trafficlab.inventory.Inventory;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.ManifestPreview;
import dev.trafficlab.limits.Limits;

/** What the editor and the Apply card want to know of a manifest before it is applied. */
@Controller
@RequestMapping("/labs/{labId}")
class DraftController {

    /** A review tries every object on the cluster, so it counts as so many requests. */
    private static final int COST = 10;

    private final ManifestPreview drafts;
    private final Inventory inventory;
    private final Courses courses;
    private final Limits limits;

    DraftController(ManifestPreview drafts, Inventory inventory, Courses courses, Limits limits) {
        this.drafts = drafts;
        this.inventory = inventory;
        this.courses = courses;
        this.limits = limits;
    }

    /** What applying the step would change. */
    @GetMapping("/steps/{stepId}/changes")
    ModelAndView ofStep(@RequestAttribute Lab lab, @PathVariable String stepId) {
        Step step = courses.find(lab.course())
                .flatMap(course -> course.step(stepId))
                .orElseThrow(() -> new UnknownPageException(lab.course(), stepId));
        return ofDraft(lab, CoursePages.draft(step));
    }

    /** What applying the draft would change. */
    @PostMapping("/draft/changes")
    ModelAndView ofDraft(@RequestAttribute Lab lab, @RequestParam String yaml) {
        limits.requests().take(lab.id(), COST);
        return new ModelAndView("partial/changes").addObject("review", drafts.review(lab.id(), yaml));
    }

    /** The fields that may stand at a place of an object. */
    @GetMapping("/draft/fields")
    @ResponseBody
    List<Inventory.Field> fields(@RequestParam String apiVersion, @RequestParam String kind,
            @RequestParam(defaultValue = "") String path) {
        return inventory.fields(apiVersion, kind, Arrays.stream(path.split("\\."))
                .filter(name -> !name.isEmpty())
                .toList());
    }

}
