package dev.trafficlab.course.markdown;

/** Takes what is wrong with a text, so that its author hears of everything at once. */
@FunctionalInterface
public interface ProblemReport {

    /**
     * Reports a problem.
     *
     * @param line counted from 1
     * @param message what is wrong and what to write instead
     */
    void problem(int line, String message);
}
