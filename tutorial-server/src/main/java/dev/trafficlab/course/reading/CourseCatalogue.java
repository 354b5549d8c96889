package dev.trafficlab.course.reading;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.ContentProblem;
import dev.trafficlab.course.Course;
import dev.trafficlab.course.Courses;

/** All courses: those packaged with the server, where a mistake stops the start, and those of the author's folder, where none does. */
@Component
final class CourseCatalogue implements Courses, DisposableBean {

    private static final long LOOK_MILLIS = 500;

    private static final Comparator<Course> ORDER = Comparator.comparingInt(Course::order)
            .thenComparing(Course::level)
            .thenComparing(Course::id);

    private final List<Course> packaged;
    private final Optional<FolderCourses> folder;
    private final ScheduledExecutorService looks = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("courses").factory());

    CourseCatalogue(ResourcePatternResolver resources, ContentSettings settings, List<CheckKind> kinds)
            throws IOException {
        this.packaged = ClassPathCourses.read(resources, kinds);
        Set<String> taken = packaged.stream().map(Course::id).collect(Collectors.toSet());
        this.folder = Optional.ofNullable(settings.contentDir())
                .map(path -> new FolderCourses(new ContentFolder(path), kinds, taken));
        folder.ifPresent(courses -> {
            ScheduledFuture<?> _ = looks.scheduleWithFixedDelay(courses::look, LOOK_MILLIS, LOOK_MILLIS,
                    TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public List<Course> all() {
        return Stream.concat(packaged.stream(), folder.stream().flatMap(courses -> courses.all().stream()))
                .sorted(ORDER)
                .toList();
    }

    @Override
    public Optional<Course> find(String courseId) {
        return Stream.concat(packaged.stream(), folder.stream().flatMap(courses -> courses.all().stream()))
                .filter(course -> course.id().equals(courseId))
                .findFirst();
    }

    @Override
    public Optional<Edition> edition(String courseId) {
        return packaged.stream().anyMatch(course -> course.id().equals(courseId)) ? Optional.empty()
                : folder.flatMap(courses -> courses.edition(courseId));
    }

    @Override
    public List<ContentProblem> problems() {
        return folder.map(FolderCourses::problems).orElse(List.of());
    }

    @Override
    public String shown(String courseId, String path) {
        return edition(courseId).isEmpty() ? path : folder.map(courses -> courses.shown(path)).orElse(path);
    }

    @Override
    public void destroy() {
        looks.shutdownNow();
    }
}
