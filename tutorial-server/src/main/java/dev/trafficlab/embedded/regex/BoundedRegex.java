package dev.trafficlab.embedded.regex;

import java.util.ArrayDeque;
import java.util.Deque;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * RE2 expressions whose size is known before they are compiled: a few letters with nested repetitions make programs of millions of
 * instructions ({@code ((a{0,100}){0,100}){0,100}}), which RE2/J builds without asking.
 */
public final class BoundedRegex {

    /**
     * The most instructions of an expression that is matched. Istio's Envoys take 32,768 ({@code re2.max_program_size.error_level}); RE2/J
     * recurses for each instruction that takes no letter, and overflows the stack somewhere above 16,000.
     */
    public static final int LARGEST_PROGRAM = 8_192;

    /** Deeper groups are an error in Go's and C++'s RE2 as well (regexp/syntax/parse.go, {@code maxHeight}). */
    private static final int DEEPEST = 1_000;

    private static final int MOST_REPEATS = 1_000;

    private BoundedRegex() {}

    /**
     * Compiles an expression to be matched.
     *
     * @throws PatternSyntaxException where RE2 does not know it, or its program is larger than {@link #LARGEST_PROGRAM}
     */
    public static Pattern compile(String expression) {
        Size size = Size.of(expression);
        if (size.instructions() > LARGEST_PROGRAM) {
            check(expression);
            throw new PatternSyntaxException("expression too large", expression);
        }
        return Pattern.compile(expression);
    }

    /**
     * Checks an expression's syntax alone, whatever its size.
     *
     * @throws PatternSyntaxException where RE2 does not know it
     */
    public static void check(String expression) {
        Size size = Size.of(expression);
        // Whether counts are well-formed does not depend on how large they are, as long as each is allowed.
        Pattern.compile(size.instructions() > LARGEST_PROGRAM ? size.shrunk() : expression);
    }

    /** An upper estimate of an expression's program, and the same expression with small repetitions. */
    private record Size(double instructions, String shrunk) {

        /** Reads groups, classes, escapes and repetitions; of what is malformed, the compiler speaks later. */
        static Size of(String expression) {
            Reader reader = new Reader(expression);
            while (reader.at < expression.length()) {
                reader.next();
            }
            while (!reader.outer.isEmpty()) {
                reader.closeGroup();
            }
            return new Size(reader.total + reader.last, reader.shrunk.toString());
        }
    }

    private static final class Reader {
        private final String text;
        private final StringBuilder shrunk = new StringBuilder();
        private final Deque<Double> outer = new ArrayDeque<>();
        private int at;
        private double total;
        private double last;

        Reader(String text) {
            this.text = text;
        }

        void next() {
            int start = at;
            char letter = text.charAt(at++);
            switch (letter) {
                case '\\' -> skipEscape();
                case '[' -> skipClass();
                case '(' -> openGroup();
                case ')' -> closeGroup();
                case '*', '+', '?' -> last += 2;
                case '{' -> {
                    if (repeats(start)) {
                        return;
                    }
                    atom(1);
                }
                default -> atom(2);
            }
            shrunk.append(text, start, at);
        }

        private void atom(double instructions) {
            total += last;
            last = instructions;
        }

        private void skipEscape() {
            if (text.startsWith("Q", at)) {
                int end = text.indexOf("\\E", at);
                int to = end < 0 ? text.length() : end + 2;
                atom(2.0 * (to - at));
                at = to;
            } else {
                at = Math.min(text.length(), at + 1);
                atom(4);
            }
        }

        private void skipClass() {
            int start = at;
            at += text.startsWith("^", at) ? 1 : 0;
            at += text.startsWith("]", at) ? 1 : 0;
            while (at < text.length() && text.charAt(at) != ']') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            at = Math.min(text.length(), at + 1);
            atom(2 + (at - start) / 8.0);
        }

        private void openGroup() {
            if (outer.size() >= 2 * DEEPEST) {
                throw new PatternSyntaxException("expression nests too deeply", text);
            }
            outer.push(total + last);
            total = 0;
            last = 0;
        }

        private void closeGroup() {
            if (!outer.isEmpty()) {
                last = total + last + 2;
                total = outer.pop();
            }
        }

        /** A repetition {@code {n}}, {@code {n,}} or {@code {n,m}} of what stands before it; anything else is plain text. */
        private boolean repeats(int start) {
            int end = text.indexOf('}', at);
            String[] bounds = end < 0 ? new String[0] : text.substring(at, end).split(",", -1);
            if (bounds.length == 0 || bounds.length > 2 || !isCount(bounds[0])
                    || bounds.length == 2 && !bounds[1].isEmpty() && !isCount(bounds[1])) {
                return false;
            }
            int low = Integer.parseInt(bounds[0]);
            int high = bounds.length == 1 || bounds[1].isEmpty() ? low + 1 : Integer.parseInt(bounds[1]);
            at = end + 1;
            last = (last + 2) * Math.max(1, Math.max(low, high));
            boolean closed = bounds.length == 2 && !bounds[1].isEmpty();
            boolean allowed = low <= MOST_REPEATS && (!closed || high <= MOST_REPEATS && low <= high);
            shrunk.append(allowed ? "{1}" : text.substring(start, at));
            return true;
        }

        private static boolean isCount(String digits) {
            return !digits.isEmpty() && digits.length() <= 6 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }
}
