package dev.trafficlab.web.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trafficlab.course.Experiment.Shape;
import dev.trafficlab.traffic.LiveSnapshot.Sent;
import dev.trafficlab.web.live.VersionMarks.Mark;

/**
 * The last requests as small marks, newest first: a shape and a tone a version.
 *
 * <p>One path a kind keeps a picture of 200 requests near 2 KiB. A move and a line of no length is a dot or a square, by its line caps.
 */
final class RecentRequestsSvg {

    /** How many marks a picture shows at most. */
    static final int LIMIT = 200;

    private static final int COLUMNS = 40;
    private static final int CELL = 12;

    private RecentRequestsSvg() {}

    /** The marks alone. */
    static String html(List<Sent> recent, Map<String, Mark> marks) {
        StringBuilder html = new StringBuilder(4096);
        write(html, recent, marks);
        return html.toString();
    }

    /** Writes the marks; versions without one are drawn as others. */
    static void write(StringBuilder html, List<Sent> recent, Map<String, Mark> marks) {
        Map<String, StringBuilder> paths = new LinkedHashMap<>();
        int shown = Math.min(recent.size(), LIMIT);
        for (int i = 0; i < shown; i++) {
            Sent sent = recent.get(i);
            int x = i % COLUMNS * CELL + CELL / 2;
            int y = i / COLUMNS * CELL + CELL / 2;
            Mark mark = marks.get(sent.version());
            if (sent.failed()) {
                cross(paths.computeIfAbsent("failed", _ -> new StringBuilder(512)), x, y);
            } else if (mark == null) {
                dot(paths.computeIfAbsent("other", _ -> new StringBuilder(512)), x, y);
            } else {
                draw(paths.computeIfAbsent(kind(mark.shape()) + " " + mark.css(), _ -> new StringBuilder(512)), mark
                        .shape(), x, y);
            }
        }
        paths.forEach((kind, path) -> html.append("<path class=\"")
                .append(kind)
                .append("\" d=\"")
                .append(path)
                .append("\"/>"));
    }

    private static String kind(Shape shape) {
        return switch (shape) {
            case CIRCLE -> "dot";
            case TRIANGLE -> "triangle";
            case SQUARE -> "square";
            case DIAMOND -> "diamond";
        };
    }

    private static void draw(StringBuilder path, Shape shape, int x, int y) {
        switch (shape) {
            case CIRCLE, SQUARE -> dot(path, x, y);
            case TRIANGLE -> pointed(path, x, y, "l4.5 8h-9z");
            case DIAMOND -> pointed(path, x, y, "l4.5 4.5-4.5 4.5-4.5-4.5z");
        }
    }

    private static void cross(StringBuilder path, int x, int y) {
        path.append('M').append(x - 3).append(' ').append(y - 3).append("l6 6m0-6l-6 6");
    }

    private static void dot(StringBuilder path, int x, int y) {
        path.append('M').append(x).append(' ').append(y).append("h0");
    }

    private static void pointed(StringBuilder path, int x, int y, String outline) {
        path.append('M').append(x).append(' ').append(y - 5).append(".5").append(outline);
    }
}
