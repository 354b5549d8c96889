package dev.trafficlab.course.reading;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.trafficlab.course.Experiment;
import dev.trafficlab.course.Experiment.InsideClient;
import dev.trafficlab.course.Experiment.Shape;
import dev.trafficlab.course.Experiment.Subject;
import dev.trafficlab.course.Experiment.TallyService;
import dev.trafficlab.course.Experiment.Tone;
import dev.trafficlab.course.Experiment.VersionLook;
import dev.trafficlab.course.YamlMapping;

/** Reads the field {@code experiment} of a {@code course.yaml}. */
final class ExperimentReader {

    private static final String USUAL_LABEL = "version";

    private ExperimentReader() {}

    /** The experiment; a course may do without one. */
    static Experiment read(YamlMapping course) {
        if (!course.has("experiment")) {
            return course.<Experiment>without("experiment").orElse(Experiment.NONE);
        }
        YamlMapping fields = course.object("experiment");
        Experiment experiment = new Experiment(subject(fields.object("subject")), looks(fields), optional(fields,
                "tally").map(ExperimentReader::tally), optional(fields, "inside").map(ExperimentReader::inside),
                fields.has("links") ? links(fields) : List.of());
        fields.rejectOthers();
        return experiment;
    }

    private static Optional<YamlMapping> optional(YamlMapping fields, String field) {
        return fields.has(field) ? Optional.of(fields.object(field)) : fields.without(field);
    }

    private static Subject subject(YamlMapping fields) {
        String image = fields.text("image", "");
        String app = fields.text("app", "");
        if (image.isEmpty() == app.isEmpty()) {
            fields.problem("image", "the subject is told by one of image and app; write  subject: {image: my-app}");
        }
        Subject subject = new Subject(image, app, fields.text("label", USUAL_LABEL));
        fields.rejectOthers();
        return subject;
    }

    private static Map<String, VersionLook> looks(YamlMapping fields) {
        Map<String, VersionLook> looks = new LinkedHashMap<>();
        optional(fields, "versions").ifPresent(versions -> versions.names()
                .forEach(version -> looks.put(version, look(versions.object(version)))));
        return looks;
    }

    private static VersionLook look(YamlMapping fields) {
        VersionLook look = new VersionLook(one(fields, "color", Tone.class, Tone.GREY), one(fields, "shape",
                Shape.class, Shape.CIRCLE));
        fields.rejectOthers();
        return look;
    }

    private static <E extends Enum<E>> E one(YamlMapping fields, String field, Class<E> type, E otherwise) {
        String text = fields.text(field);
        String names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        Optional<E> found = Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
        if (found.isEmpty() && !text.isEmpty()) {
            fields.problem(field, "there is no %s '%s'; write one of %s".formatted(field, text, names));
        }
        return found.orElse(otherwise);
    }

    private static TallyService tally(YamlMapping fields) {
        TallyService tally = new TallyService(fields.text("service"), fields.text("port"), fields.text("variable", ""),
                fields.text("unset", ""));
        fields.rejectOthers();
        return tally;
    }

    private static InsideClient inside(YamlMapping fields) {
        InsideClient client = new InsideClient(fields.text("app"), fields.text("service"));
        fields.rejectOthers();
        return client;
    }

    private static List<String> links(YamlMapping fields) {
        List<String> links = fields.texts("links");
        links.stream()
                .filter(link -> !link.startsWith("/"))
                .forEach(link -> fields.problem("links", "a link is a path behind the gateway; write  /%s".formatted(
                        link)));
        return links;
    }
}
