package dev.trafficlab.course.reading;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.ContentProblem;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;

/**
 * The courses of a folder, each read anew when its files change. An edit that breaks a course leaves its last good edition in place
 * until it is put right; no course concerns another.
 */
final class FolderCourses {

    private static final Logger LOG = LoggerFactory.getLogger(FolderCourses.class);

    private final ContentFolder folder;
    private final Collection<CheckKind> kinds;
    private final Set<String> taken;
    private volatile Map<String, Shelf> shelves = Map.of();

    /**
     * The courses of the folder.
     *
     * @param taken ids of packaged courses, which no course of the folder can have
     */
    FolderCourses(ContentFolder folder, Collection<CheckKind> kinds, Set<String> taken) {
        this.folder = folder;
        this.kinds = List.copyOf(kinds);
        this.taken = Set.copyOf(taken);
        look();
    }

    /** What is known of one course. */
    private record Shelf(String fingerprint, @Nullable Course good, Courses.Edition edition) {}

    List<Course> all() {
        return shelves.values().stream().flatMap(shelf -> Optional.ofNullable(shelf.good()).stream()).toList();
    }

    Optional<Courses.Edition> edition(String courseId) {
        return Optional.ofNullable(shelves.get(courseId)).map(Shelf::edition);
    }

    List<ContentProblem> problems() {
        return shelves.values().stream().flatMap(shelf -> shelf.edition().problems().stream()).toList();
    }

    String shown(String path) {
        return folder.shown(path);
    }

    /** Reads what has changed since the last look. */
    synchronized void look() {
        try {
            Map<String, Shelf> now = new LinkedHashMap<>();
            for (String id : folder.courses()) {
                now.put(id, look(id, shelves.get(id)));
            }
            shelves = Map.copyOf(now);
        } catch (UncheckedIOException changing) {
            LOG.atDebug().setCause(changing).log("folder of courses cannot be read this time");
        }
    }

    private Shelf look(String id, @Nullable Shelf before) {
        String fingerprint = folder.fingerprint(id);
        if (before != null && before.fingerprint().equals(fingerprint)) {
            return before;
        }
        CourseReader reader = new CourseReader(folder, kinds);
        Course course = reader.course(id);
        List<ContentProblem> problems = new ArrayList<>(reader.problems());
        if (taken.contains(id)) {
            problems.add(new ContentProblem(folder.shown("content/" + id + "/course.yaml"), 1,
                    "a course of the server itself is called '%s'; give the folder another name".formatted(id)));
        }
        Courses.Edition edition = new Courses.Edition(before == null ? 1 : before.edition().number() + 1, problems);
        Course lastGood = before == null ? null : before.good();
        tell(id, edition);
        return new Shelf(fingerprint, problems.isEmpty() ? course : lastGood, edition);
    }

    private static void tell(String id, Courses.Edition edition) {
        if (edition.problems().isEmpty()) {
            LOG.atInfo().addKeyValue("course", id).addKeyValue("edition", edition.number()).log("course read");
        }
        edition.problems().forEach(problem -> LOG.warn("{}", problem));
    }
}
