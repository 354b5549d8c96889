package dev.trafficlab.web.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;
import dev.trafficlab.course.Step;
import dev.trafficlab.embedded.analysis.Finding;
import dev.trafficlab.inventory.Inventory;
import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.CheckOutcome;
import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.ManifestPreview;
import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Traffic;
import dev.trafficlab.web.live.LivePanel;
import dev.trafficlab.web.live.TopologyDrawing;

/** Puts together what the templates of the course's pages show, for readers and for learners with a lab. */
@Component
public class CoursePages {

    private final Courses courses;
    private final Labs labs;
    private final Traffic traffic;
    private final LivePanel panel;
    private final TopologyDrawing drawing;
    private final Inventory inventory;

    CoursePages(Courses courses, Labs labs, Traffic traffic, LivePanel panel, TopologyDrawing drawing,
            Inventory inventory) {
        this.drawing = drawing;
        this.inventory = inventory;
        this.courses = courses;
        this.labs = labs;
        this.traffic = traffic;
        this.panel = panel;
    }

    /** The course's page for a reader without a lab. */
    ModelAndView reading(String courseId, String pageId) {
        Course course = course(courseId);
        CoursePage page = page(course, pageId);
        ModelAndView view = new ModelAndView(page.template()).addObject("course", course)
                .addObject("page", page)
                .addObject("outline", Outline.of(course, pageId));
        addEdition(view, course);
        return view;
    }

    /** The lab's page: the same text, with everything that acts on the lab. */
    public ModelAndView workbench(Lab lab, String pageId) {
        ModelAndView view = progress(lab, pageId);
        CoursePage page = page(course(lab.course()), pageId);
        view.setViewName(page.template());
        addEdition(view, course(lab.course()));
        if (page instanceof CoursePage.Lesson(Step step)) {
            Split split = traffic.split(lab.id());
            Locale locale = LocaleContextHolder.getLocale();
            LiveSnapshot picture = new LiveSnapshot(split, List.of(), 0, Map.of(), 0);
            view.addObject("gateway", ServletUriComponentsBuilder.fromCurrentContextPath()
                    .path("/gateway/" + lab.id())
                    .toUriString())
                    .addObject("draft", draft(step))
                    .addObject("counted", split.total() > 0)
                    .addObject("glance", panel.glance(split, locale))
                    .addObject("picture", panel.picture(picture, locale, step.traffic().expect()))
                    .addObject("recent", panel.recent(picture,
                            locale))
                    .addObject("topology", drawing.html(address(lab), inventory.topology(lab.id(), course(lab
                            .course())),
                            split, locale));
        }
        return view;
    }

    private static String address(Lab lab) {
        return Objects.requireNonNullElse(ServletUriComponentsBuilder.fromCurrentContextPath().build().getPath(), "")
                + "/labs/" + lab.id();
    }

    /** The lab's way through the course as of now. */
    ModelAndView progress(Lab lab, String pageId) {
        Course course = course(lab.course());
        CoursePage page = page(course, pageId);
        Lab now = labs.find(lab.id()).orElse(lab);
        return new ModelAndView("partial/progress").addObject("course", course)
                .addObject("page", page)
                .addObject("labId", lab.id())
                .addObject("outline", Outline.of(course, pageId, now));
    }

    /** What became of a manifest, as a fragment or on the whole page. */
    ModelAndView applied(Lab lab, String stepId, ApplyOutcome outcome, boolean fragment) {
        ModelAndView view = fragment ? progress(lab, stepId) : workbench(lab, stepId);
        if (fragment) {
            view.setViewName("partial/applied");
        }
        switch (outcome) {
            case ApplyOutcome.Applied(var objects, var changes, var findings) -> view.addObject("applied", objects)
                    .addObject("findings", serious(findings))
                    .addObject("review", new ManifestPreview.Review(List.of(), changes));
            case ApplyOutcome.Conflicted(var conflicts) -> {
                view.addObject("conflicts", conflicts).addObject("step", stepId);
                view.setStatus(HttpStatus.CONFLICT);
            }
            case ApplyOutcome.Rejected(var problems) -> {
                view.addObject("problems", problems);
                view.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            }
        }
        return view;
    }

    /** What the step's checks found, as a fragment or on the whole page. */
    ModelAndView checked(Lab lab, String stepId, CheckOutcome outcome, int failures, boolean fragment) {
        ModelAndView view = fragment ? progress(lab, stepId) : workbench(lab, stepId);
        if (fragment) {
            view.setViewName("partial/checked");
        }
        return view.addObject("checked", outcome)
                .addObject("findings", serious(outcome.findings()))
                .addObject("failures", outcome.passed() ? 0 : failures + 1);
    }

    private static List<Finding> serious(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.kind().level() != Finding.Level.INFO).toList();
    }

    /** What the checks of the step's exercise found, as a fragment or on the whole page. */
    ModelAndView tried(Lab lab, String stepId, CheckOutcome outcome, boolean fragment) {
        ModelAndView view = fragment ? progress(lab, stepId) : workbench(lab, stepId);
        if (fragment) {
            view.setViewName("questions :: result");
        }
        return view.addObject("tried", outcome);
    }

    /** The step of the lab's course. */
    Optional<Step> step(Lab lab, String stepId) {
        return course(lab.course()).step(stepId);
    }

    /** What an author should know of a course whose files may change. */
    ModelAndView edition(String courseId, long since) {
        ModelAndView view = new ModelAndView("partial/edition").addObject("course", course(courseId));
        courses.edition(courseId)
                .ifPresent(edition -> view.addObject("edition", edition).addObject("since", since));
        return view;
    }

    private void addEdition(ModelAndView view, Course course) {
        courses.edition(course.id())
                .ifPresent(edition -> view.addObject("edition", edition).addObject("since", edition.number()));
    }

    /** The course of that id; {@link UnknownPageException} where there is none. */
    Course course(String courseId) {
        return courses.find(courseId).orElseThrow(() -> new UnknownPageException(courseId, ""));
    }

    private static CoursePage page(Course course, String pageId) {
        return CoursePage.find(course, pageId).orElseThrow(() -> new UnknownPageException(course.id(), pageId));
    }

    /** The step's manifests as one text, for the learner to edit. */
    static String draft(Step step) {
        return step.manifests()
                .stream()
                .map(manifest -> manifest.yaml().strip() + "\n")
                .collect(Collectors.joining("---\n"));
    }
}
