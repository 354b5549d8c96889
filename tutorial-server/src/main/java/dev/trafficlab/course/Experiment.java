package dev.trafficlab.course;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a course experiments with: everything that the panel, the map, the generator, the tally and the checks must know of the
 * course's apps.
 *
 * @param subject the app whose versions are told apart
 * @param looks how each version is drawn, by its name; versions without a look get one by their order
 * @param tally the app that counts the answers; without one the requests that the generator and the gateway saw are counted
 * @param inside who sends requests from inside the lab, and to whom
 * @param links the paths that the panel offers to open
 */
public record Experiment(Subject subject, Map<String, VersionLook> looks, Optional<TallyService> tally,
        Optional<InsideClient> inside, List<String> links) {

    /** An experiment with nothing to tell apart: every request counts, none belongs to a version. */
    public static final Experiment NONE = new Experiment(new Subject("", "", "version"), Map.of(), Optional.empty(),
            Optional.empty(), List.of());

    public Experiment {
        looks = Map.copyOf(looks);
        links = List.copyOf(links);
    }

    /**
     * The app whose versions are told apart: by the name of its image or by the value of its pods' label {@code app}.
     *
     * @param image the image's name without registry and tag; empty when the label tells
     * @param app the value of the label {@code app}; empty when the image tells
     * @param label the label of its pods that names their version
     */
    public record Subject(String image, String app, String label) {}

    /** How a version is drawn, wherever it is. */
    public record VersionLook(Tone tone, Shape shape) {}

    /** The colours that a version may have; each has a shade for light and one for dark. */
    public enum Tone {
        RED,
        TEAL,
        VIOLET,
        ORANGE,
        BLUE,
        GREY
    }

    /** The shapes that a version may have, so that colour is never alone. */
    public enum Shape {
        CIRCLE,
        TRIANGLE,
        SQUARE,
        DIAMOND
    }

    /**
     * An HTTP service of the lab that counts what the subject answered: GET gives a JSON object of counts, DELETE empties it.
     *
     * @param service the Service's name
     * @param port the name or number of the Service's port
     * @param variable the environment variable whose value the subject reports to it; empty when it reports its version
     * @param unset what the subject reports where the variable is not set
     */
    public record TallyService(String service, String port, String variable, String unset) {}

    /**
     * Who sends requests from inside the lab.
     *
     * @param app the value of the label {@code app} of the pods that may send
     * @param service the Service that they ask
     */
    public record InsideClient(String app, String service) {}
}
