package dev.trafficlab.web.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.trafficlab.course.Experiment.Shape;
import dev.trafficlab.course.Experiment.Tone;
import dev.trafficlab.course.Experiment.VersionLook;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Share;

/** How each version of a split is drawn: as its course says, else by its place among the versions. */
record VersionMarks(Map<String, Mark> byVersion, List<Mark> byRow) {

    /** What is drawn of a version: a shape and a tone, so that colour is never alone. */
    record Mark(Tone tone, Shape shape, int row) {

        /** Its class in the style sheet. */
        String css() {
            return "tone-" + (tone.ordinal() + 1);
        }

        /** Its shape's class in the style sheet. */
        String outline() {
            return shape == Shape.CIRCLE ? "dot" : shape.name().toLowerCase(Locale.ROOT);
        }

        /** Its shape as a letter of text. */
        String glyph() {
            return switch (shape) {
                case CIRCLE -> "●";
                case TRIANGLE -> "▲";
                case SQUARE -> "■";
                case DIAMOND -> "◆";
            };
        }
    }

    /** The classes of each row's marks, in the order of the rows. */
    String looks() {
        return byRow.stream().map(mark -> mark.outline() + " " + mark.css()).collect(Collectors.joining(","));
    }

    /** The marks of a split's versions, row by row. */
    static VersionMarks of(Split split) {
        Map<String, Mark> byVersion = new HashMap<>();
        List<Mark> byRow = new ArrayList<>();
        for (Share share : split.shares()) {
            int row = byRow.size();
            VersionLook look = split.looks().getOrDefault(share.version(), byPlace(row));
            Mark mark = new Mark(look.tone(), look.shape(), row);
            byRow.add(mark);
            if (!share.version().isEmpty()) {
                byVersion.putIfAbsent(share.version(), mark);
            }
        }
        return new VersionMarks(byVersion, byRow);
    }

    private static VersionLook byPlace(int place) {
        return new VersionLook(Tone.values()[place % Tone.values().length], Shape.values()[place % Shape
                .values().length]);
    }
}
