package dev.trafficlab.course;

/**
 * Something in the content that its author must put right.
 *
 * @param file its path
 * @param line counted from 1
 * @param message what is wrong and what to write instead
 */
public record ContentProblem(String file, int line, String message) {

    @Override
    public String toString() {
        return "%s:%d: %s".formatted(file, line, message);
    }
}
