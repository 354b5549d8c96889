package dev.trafficlab.embedded.api.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cuts a label selector into tokens in one pass, as apimachinery's lexer does ({@code pkg/labels/selector.go}). */
final class LabelSelectorLexer {

    private static final String SPECIAL = "=!(),><";
    private static final Map<String, Kind> LITERALS = Map.ofEntries(Map.entry(")", Kind.CLOSED), Map.entry(",",
            Kind.COMMA), Map.entry("!", Kind.NOT), Map.entry("==", Kind.EQUALS), Map.entry("=", Kind.EQUALS), Map.entry(
                    ">", Kind.GREATER), Map.entry("in", Kind.IN), Map.entry("<", Kind.LESS), Map.entry("!=",
                            Kind.NOT_EQUALS), Map.entry("notin", Kind.NOT_IN), Map.entry("(", Kind.OPEN));

    private final String text;
    private int position;

    private LabelSelectorLexer(String text) {
        this.text = text;
    }

    /** What a token is. */
    enum Kind {
        IDENTIFIER,
        IN,
        NOT_IN,
        EQUALS,
        NOT_EQUALS,
        GREATER,
        LESS,
        NOT,
        OPEN,
        CLOSED,
        COMMA,
        ERROR,
        END
    }

    /** One token as written; an {@link Kind#ERROR} says what is wrong. */
    record Token(Kind kind, String text) {}

    /** All tokens; the last is {@link Kind#END}. */
    static List<Token> scan(String text) {
        LabelSelectorLexer lexer = new LabelSelectorLexer(text);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(lexer.next());
        } while (tokens.getLast().kind() != Kind.END);
        return tokens;
    }

    private Token next() {
        while (position < text.length() && isWhitespace(text.charAt(position))) {
            position++;
        }
        if (position == text.length() || text.charAt(position) == 0) {
            return new Token(Kind.END, "");
        }
        return isSpecial(text.charAt(position)) ? special() : word();
    }

    private Token word() {
        int start = position;
        while (position < text.length() && !isSpecial(text.charAt(position)) && !isWhitespace(text.charAt(position))
                && text.charAt(position) != 0) {
            position++;
        }
        String word = text.substring(start, position);
        return new Token(LITERALS.getOrDefault(word, Kind.IDENTIFIER), word);
    }

    /** The longest operator here; no operator is longer than two characters, and all of two begin with one of one. */
    private Token special() {
        String one = text.substring(position, position + 1);
        String two = text.substring(position, Math.min(position + 2, text.length()));
        String found = LITERALS.containsKey(two) ? two : one;
        position += found.length();
        return new Token(LITERALS.getOrDefault(found, Kind.ERROR), found);
    }

    private static boolean isSpecial(char c) {
        return SPECIAL.indexOf(c) >= 0;
    }

    private static boolean isWhitespace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
