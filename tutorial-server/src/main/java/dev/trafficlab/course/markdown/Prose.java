package dev.trafficlab.course.markdown;

import java.util.List;

/**
 * A text made ready for the page.
 *
 * @param parts safe HTML; two parts where the text holds the apply mark, one otherwise
 * @param explained the lines of code that the text explains
 */
public record Prose(List<String> parts, List<Explained> explained) {

    public Prose {
        parts = List.copyOf(parts);
        explained = List.copyOf(explained);
    }

    /**
     * A line of code that a table explains.
     *
     * @param line where the text says so
     * @param code the code, without its indentation
     */
    public record Explained(int line, String code) {}
}
