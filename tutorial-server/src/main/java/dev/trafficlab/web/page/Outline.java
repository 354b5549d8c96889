package dev.trafficlab.web.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import dev.trafficlab.course.Course;
import dev.trafficlab.course.Step;
import dev.trafficlab.lab.Lab;

/**
 * The course as its navigation shows it, seen from one of its pages.
 *
 * <p>Its methods are public because templates call them.
 *
 * @param base the address that the pages' addresses start with: the course's, or the lab's
 * @param entries welcome, the steps, finish
 * @param position where in the entries the page is
 */
record Outline(String base, List<Entry> entries, int position) {

    Outline {
        entries = List.copyOf(entries);
    }

    /** The outline for a reader without a lab. */
    static Outline of(Course course, String pageId) {
        return of(course, pageId, "/courses/" + course.id(), step -> State.OPEN);
    }

    /** The outline with a learner's progress. */
    static Outline of(Course course, String pageId, Lab lab) {
        return of(course, pageId, "/labs/" + lab.id(), step -> State.of(lab.progress(step)));
    }

    private static Outline of(Course course, String pageId, String base, Function<String, State> state) {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(CoursePage.WELCOME, base, 0, course.welcome().title(), "", 0, State.OPEN));
        for (Step step : course.steps()) {
            entries.add(new Entry(step.id(), base, step.number(), step.title(), step.label(), step.minutes(), state
                    .apply(step.id())));
        }
        entries.add(new Entry(CoursePage.FINISH, base, 0, course.finish().title(), "", 0, State.OPEN));
        int position = 0;
        while (!entries.get(position).id().equals(pageId)) {
            position++;
        }
        return new Outline(base, entries, position);
    }

    /** The page itself. */
    public Entry current() {
        return entries.get(position);
    }

    /** The steps alone. */
    public List<Entry> steps() {
        return entries.subList(1, entries.size() - 1);
    }

    /** The page before this one. */
    public Optional<Entry> back() {
        return position == 0 ? Optional.empty() : Optional.of(entries.get(position - 1));
    }

    /** The page after this one. */
    public Optional<Entry> next() {
        return position == entries.size() - 1 ? Optional.empty() : Optional.of(entries.get(position + 1));
    }

    /** How many steps are passed. */
    public long passed() {
        return entries.stream().filter(entry -> entry.state() == State.PASSED).count();
    }

    /** How long all steps take together. */
    public int minutes() {
        return entries.stream().mapToInt(Entry::minutes).sum();
    }

    /**
     * A page of the course.
     *
     * @param number 1 for the first step, 0 for welcome and finish
     * @param label a word or two, empty for welcome and finish
     * @param minutes how long it takes, 0 for welcome and finish
     */
    record Entry(String id, String base, int number, String title, String label, int minutes, State state) {

        /** Its address. */
        public String href() {
            return base + "/steps/" + id;
        }
    }

    /** How far a step is. */
    enum State {
        OPEN,
        APPLIED,
        PASSED;

        static State of(Lab.StepProgress progress) {
            if (progress.checked().isPresent()) {
                return PASSED;
            }
            return progress.applied().isPresent() ? APPLIED : OPEN;
        }

        /** Its name in style sheets and message bundles. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
