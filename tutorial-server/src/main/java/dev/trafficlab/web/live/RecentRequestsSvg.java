package dev.trafficlab.web.live;

import java.util.List;
import java.util.Map;

import dev.trafficlab.traffic.LiveSnapshot.Sent;

/**
 * The last requests as small marks, newest first: a shape and a tone a version, so that colour is never alone.
 *
 * <p>One path a kind keeps a picture of 200 requests near 2 KiB. A move and a line of no length is a dot or a square, by its line caps.
 */
final class RecentRequestsSvg {

    /** How many marks a picture shows at most. */
    static final int LIMIT = 200;

    private static final int COLUMNS = 40;
    private static final int CELL = 12;

    /** The glyphs of the versions in their order; the fifth version starts over in another tone. */
    private static final List<String> GLYPHS = List.of("●", "▲", "■", "◆");
    private static final List<String> SHAPES = List.of("h0", "l4.5 8h-9z", "h0", "l4.5 4.5-4.5 4.5-4.5-4.5z");
    private static final List<String> KINDS = List.of("dot", "triangle", "square", "diamond");
    private static final int TONES = 6;

    private RecentRequestsSvg() {}

    /** The version's glyph. */
    static String glyph(int version) {
        return GLYPHS.get(version % GLYPHS.size());
    }

    /** The version's class in the style sheet. */
    static String tone(int version) {
        return "tone-" + (version % TONES + 1);
    }

    /** The marks alone. */
    static String html(List<Sent> recent, Map<String, Integer> places) {
        StringBuilder html = new StringBuilder(4096);
        write(html, recent, places);
        return html.toString();
    }

    /**
     * Writes the marks.
     *
     * @param places the place of each version in the legend, from 0
     */
    static void write(StringBuilder html, List<Sent> recent, Map<String, Integer> places) {
        StringBuilder[] paths = new StringBuilder[places.size() + 2];
        int shown = Math.min(recent.size(), LIMIT);
        for (int i = 0; i < shown; i++) {
            Sent sent = recent.get(i);
            int path = sent.failed() ? places.size() + 1 : places.getOrDefault(sent.version(), places.size());
            if (paths[path] == null) {
                paths[path] = new StringBuilder(512);
            }
            draw(paths[path], path, places.size(), i % COLUMNS * CELL + CELL / 2, i / COLUMNS * CELL + CELL / 2);
        }
        for (int path = 0; path < paths.length; path++) {
            if (paths[path] != null) {
                html.append("<path class=\"")
                        .append(kind(path, places.size()))
                        .append("\" d=\"")
                        .append(paths[path])
                        .append("\"/>");
            }
        }
    }

    private static String kind(int path, int versions) {
        if (path < versions) {
            return KINDS.get(path % KINDS.size()) + " " + tone(path);
        }
        return path == versions ? "other" : "failed";
    }

    private static void draw(StringBuilder path, int kind, int versions, int x, int y) {
        if (kind > versions) {
            path.append('M').append(x - 3).append(' ').append(y - 3).append("l6 6m0-6l-6 6");
            return;
        }
        boolean pointed = kind < versions && SHAPES.get(kind % SHAPES.size()).endsWith("z");
        path.append('M').append(x).append(' ');
        if (pointed) {
            path.append(y - 5).append(".5");
        } else {
            path.append(y);
        }
        path.append(kind < versions ? SHAPES.get(kind % SHAPES.size()) : "h0");
    }
}
