package dev.trafficlab.course.reading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

import dev.trafficlab.course.CheckKind;
import dev.trafficlab.course.Course;

/** Reads the courses on the class path; wrong content is an exception. */
final class ClassPathCourses {

    private static final Pattern FOLDER = Pattern.compile(".*/content/([^/]+)/course\\.yaml");

    private ClassPathCourses() {}

    /**
     * The courses, by the names of their folders.
     *
     * @throws InvalidContentException naming all that is wrong in any of them
     */
    static List<Course> read(ResourcePatternResolver resources, Collection<CheckKind> kinds) throws IOException {
        List<String> ids = Arrays.stream(resources.getResources("classpath*:content/*/course.yaml"))
                .map(ClassPathCourses::folder)
                .distinct()
                .sorted()
                .toList();
        return CourseReader.read(path -> read(resources.getResource("classpath:" + path)), ids, kinds);
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
