package dev.trafficlab.course.markdown;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Code as HTML: every line is a span, and what the line is made of is marked by classes, never by styles. */
public final class CodeBlock {

    /** The languages there are; {@code text} is not highlighted. */
    static final List<String> LANGUAGES = List.of("yaml", "shell", "text");

    private CodeBlock() {}

    static boolean knows(String language) {
        return LANGUAGES.contains(language);
    }

    static String html(String language, String code) {
        return html(language, code, Set.of());
    }

    /**
     * A whole {@code pre} element.
     *
     * @param language one of {@code yaml}, {@code shell}, {@code text}
     * @param code the code
     * @param marked the lines to mark, counted from 1
     */
    public static String html(String language, String code, Set<Integer> marked) {
        // focusable, so that a long line can be scrolled to by keyboard
        return "<pre class=\"code\" tabindex=\"0\"><code class=\"language-%s\">%s</code></pre>".formatted(language,
                lines(language, code, marked));
    }

    private static String lines(String language, String code, Set<Integer> marked) {
        Highlighter highlighter = switch (language) {
            case "yaml" -> Highlighter.YAML;
            case "shell" -> Highlighter.SHELL;
            default -> Highlighter.TEXT;
        };
        List<String> lines = code.stripTrailing().lines().toList();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> "<span class=\"%s\">%s</span>\n".formatted(marked.contains(i + 1) ? "line marked"
                        : "line",
                        highlighter.html(lines.get(i))))
                .collect(Collectors.joining());
    }
}
