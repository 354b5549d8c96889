package dev.trafficlab.course.reading;

import java.util.List;
import java.util.stream.Collectors;

import dev.trafficlab.course.ContentProblem;

/** The content cannot be taught from as it is; names everything that is wrong with it. */
final class InvalidContentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidContentException(List<ContentProblem> problems) {
        super(problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", "The course content has problems:", "")));
    }
}
