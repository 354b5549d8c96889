package dev.trafficlab.course.markdown;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks what a line of code is made of, by regular expressions with one named group for each class. */
final class Highlighter {

    // first, for the highlighters below are made with it
    private static final List<String> CLASSES = List.of("comment", "key", "command", "string", "option", "number",
            "punctuation");

    static final Highlighter YAML = new Highlighter(
            """
            (?<comment>(?:^|(?<=\\s))\\#.*)
            |(?<key>[\\w./-]+(?=:(?:\\s|$)))
            |(?<string>"[^"]*"|'[^']*')
            |(?<number>(?<![^\\s\\[,])(?:\\d+|true|false)(?![^\\s\\],}]))
            |(?<punctuation>^---$|(?<=^\\s{0,80})-(?=\\s)|[\\[\\]{},:](?=\\s|$)|[\\[{])
            """);

    static final Highlighter SHELL = new Highlighter(
            """
            (?<comment>(?:^|(?<=\\s))\\#.*)
            |(?<command>(?:^|(?<=\\|\\s)|(?<=\\$\\())[\\w.-]+(?![\\w.=-]))
            |(?<string>"[^"]*"|'[^']*')
            |(?<option>(?<=\\s)--?[\\w-]+)
            """);

    static final Highlighter TEXT = new Highlighter("(?!)");

    private final Pattern tokens;
    private final List<String> classes;

    private Highlighter(String tokens) {
        this.tokens = Pattern.compile(tokens, Pattern.COMMENTS);
        this.classes = CLASSES.stream().filter(this.tokens.namedGroups()::containsKey).toList();
    }

    /** The line as HTML. */
    String html(String line) {
        StringBuilder html = new StringBuilder();
        Matcher token = tokens.matcher(line);
        int done = 0;
        while (token.find()) {
            html.append(escape(line.substring(done, token.start())));
            html.append("<span class=\"hl-%s\">%s</span>".formatted(classOf(token), escape(token.group())));
            done = token.end();
        }
        return html.append(escape(line.substring(done))).toString();
    }

    private String classOf(Matcher token) {
        return classes.stream().filter(name -> token.group(name) != null).findFirst().orElseThrow();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
