package dev.trafficlab.embedded.mesh.route;

import com.google.re2j.Pattern;

import dev.trafficlab.embedded.mesh.work.CallChain;

/** A condition on a text, or on a part of it: Istio's StringMatch. */
public sealed interface TextMatch {

    /** Whether the part of the text from one index up to another fulfils it. */
    boolean matches(String text, int from, int to);

    /** Whether the whole text fulfils it. */
    default boolean matches(String text) {
        return matches(text, 0, text.length());
    }

    /** The condition after "is": {@code exactly /shop}. */
    String wanted();

    /** Equal. */
    record Exact(String value, boolean ignoreCase) implements TextMatch {

        @Override
        public boolean matches(String text, int from, int to) {
            return to - from == value.length() && (ignoreCase || endsAlike(text, to))
                    && text.regionMatches(ignoreCase, from, value, 0, value.length());
        }

        /** The paths of one host mostly differ at their end, so a look at it saves most comparisons. */
        private boolean endsAlike(String text, int to) {
            return value.isEmpty() || text.charAt(to - 1) == value.charAt(value.length() - 1);
        }

        @Override
        public String wanted() {
            return "exactly " + quoted(value) + (ignoreCase ? " in any case" : "");
        }
    }

    /** Begins with. */
    record Prefix(String value, boolean ignoreCase) implements TextMatch {

        @Override
        public boolean matches(String text, int from, int to) {
            return to - from >= value.length() && text.regionMatches(ignoreCase, from, value, 0, value.length());
        }

        @Override
        public String wanted() {
            return "something that begins with " + quoted(value) + (ignoreCase ? " in any case" : "");
        }
    }

    /** Matches as a whole, RE2 syntax. */
    record Regex(Pattern pattern) implements TextMatch {

        @Override
        public boolean matches(String text, int from, int to) {
            String part = from == 0 && to == text.length() ? text : text.substring(from, to);
            return CallChain.takeRegexSteps((long) pattern.programSize() * part.length())
                    && pattern.matcher(part).matches();
        }

        @Override
        public String wanted() {
            return "a full match of the regular expression " + quoted(pattern.pattern());
        }
    }

    /** Whatever it is, as long as it is there. */
    record Present() implements TextMatch {

        @Override
        public boolean matches(String text, int from, int to) {
            return true;
        }

        @Override
        public String wanted() {
            return "present";
        }
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "the empty text" : text;
    }
}
