package dev.trafficlab.course.reading;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.course.ContentProblem;

/** The content cannot be taught from as it is; names everything that is wrong with it. */
public final class InvalidContentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ContentProblem> problems;

    InvalidContentException(List<ContentProblem> problems) {
        super(problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", "The course content has problems:", "")));
        this.problems = List.copyOf(problems);
    }

    /** The problems that a failure to start tells of, if it is about content. */
    public static Optional<List<ContentProblem>> in(@Nullable Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof InvalidContentException)) {
            cause = cause.getCause();
        }
        return cause instanceof InvalidContentException invalid ? Optional.of(invalid.problems) : Optional.empty();
    }
}
