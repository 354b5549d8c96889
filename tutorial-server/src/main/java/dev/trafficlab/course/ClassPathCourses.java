package dev.trafficlab.course;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The courses found on the class path, read once at start; wrong content stops the start. */
@Component
final class ClassPathCourses implements Courses {

    private static final Pattern FOLDER = Pattern.compile(".*/content/([^/]+)/course\\.yaml");

    private final List<Course> courses;

    ClassPathCourses(ResourcePatternResolver resources) throws IOException {
        List<String> ids = Arrays.stream(resources.getResources("classpath*:content/*/course.yaml"))
                .map(ClassPathCourses::folder)
                .distinct()
                .sorted()
                .toList();
        this.courses = CourseReader.read(path -> read(resources.getResource("classpath:" + path)), ids);
    }

    @Override
    public List<Course> all() {
        return courses;
    }

    @Override
    public Optional<Course> find(String courseId) {
        return courses.stream().filter(course -> course.id().equals(courseId)).findFirst();
    }

    private static String folder(Resource file) {
        try {
            return FOLDER.matcher(file.getURL().toString()).replaceFirst("$1");
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }

    private static Optional<String> read(Resource file) {
        if (!file.isReadable()) {
            return Optional.empty();
        }
        try {
            return Optional.of(file.getContentAsString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
