package dev.trafficlab.course;

import java.util.List;

/**
 * A question to answer before Apply is pressed: who has committed to a guess looks more closely at what happens.
 *
 * @param question what will happen?
 * @param choices two to four answers, one of them right
 */
public record Prediction(String question, List<Choice> choices) {

    public Prediction {
        choices = List.copyOf(choices);
    }

    /**
     * One answer.
     *
     * @param because what to tell whoever chooses it
     */
    public record Choice(String text, boolean right, String because) {}
}
