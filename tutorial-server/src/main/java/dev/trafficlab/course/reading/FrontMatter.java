package dev.trafficlab.course.reading;

import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.course.markdown.ProblemReport;

/**
 * A Markdown file taken apart.
 *
 * @param fields its front matter
 * @param body the rest, behind as many empty lines as the front matter has, so that line numbers stay true
 */
record FrontMatter(YamlMapping fields, String body) {

    private static final String FENCE = "---\n";

    /** Takes the file's text apart. */
    static FrontMatter of(String text, ProblemReport problems) {
        int end = text.indexOf("\n" + FENCE);
        if (!text.startsWith(FENCE) || end < 0) {
            problems.problem(1, "the file must start with its front matter: fields between two lines of ---");
            return new FrontMatter(YamlMapping.parse("{}", (unreadable, message) -> {}), text);
        }
        String front = text.substring(FENCE.length(), end + 1);
        String body = text.substring(end + 1 + FENCE.length());
        // the first fence becomes an empty line: what follows keeps its number
        return new FrontMatter(YamlMapping.parse("\n" + front, problems), "\n".repeat((int) front.lines().count() + 2)
                + body);
    }
}
