package dev.trafficlab.house;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What learners write is read by many regular expressions, and Java's engine backtracks: each of ours must read a text in time that
 * grows with its length alone, and within the stack. Counted in steps, on texts made of the expression's own letters.
 */
class RegularExpressionCostTests {

    private static final int LENGTH = 240;
    private static final int STEPS_A_CHARACTER = 40;
    private static final int LONG = 12_000;
    private static final List<String> PUMPS = List.of(" ", "a", "A", "1", "1.", ".", "-", "/a", ".a", "a.", "[1]", ";",
            "%A(", ":", "=",
            "\"", "\\", "a-", "a,", "1s");
    private static final List<String> ENDS = List.of("", "!", "x y", "\n ");
    private static final Pattern NO_LETTERS = Pattern.compile(
            "\\(\\?[a-z:=!<]+|\\\\[a-zA-Z]|\\[[^]]*]|\\{[^}]*}|[\\\\()*+?^$|.]");

    /** What authors and operators write is trusted. */
    private static final List<String> TRUSTED = List.of("dev.trafficlab.course", "dev.trafficlab.lab.check",
            "dev.trafficlab.cluster");

    private static final Set<String> SEARCHES = Set.of("find", "results", "replaceAll", "replaceFirst");

    /**
     * A field that holds a regular expression.
     *
     * @param searched whether its class searches for it; else the whole text must match
     */
    record Expression(String field, Pattern pattern, boolean searched) {

        @Override
        public String toString() {
            return field;
        }
    }

    static Stream<Expression> expressions() {
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.trafficlab")
                .stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Pattern.class))
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> TRUSTED.stream().noneMatch(field.getOwner().getPackageName()::startsWith))
                .map(RegularExpressionCostTests::read);
    }

    private static Expression read(JavaField found) {
        JavaClass owner = found.getOwner();
        boolean searched = owner.getMethodCallsFromSelf()
                .stream()
                .map(call -> call.getTarget())
                .anyMatch(called -> called.getOwner().isEquivalentTo(Matcher.class) && SEARCHES.contains(called
                        .getName()));
        try {
            Field field = Class.forName(owner.getName()).getDeclaredField(found.getName());
            field.setAccessible(true);
            return new Expression(owner.getSimpleName() + "." + found.getName(), (Pattern) field.get(null), searched);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void readsAnyTextInAFewStepsACharacter(Expression expression) {
        for (String beginning : beginnings(expression.pattern())) {
            for (String pump : pumps(beginning)) {
                for (String end : ENDS) {
                    String text = beginning + pump.repeat(LENGTH / pump.length() + 1) + end;
                    assertThat(steps(expression, text)).as(beginning + "(" + pump + ")*" + end)
                            .isLessThan(STEPS_A_CHARACTER * text.length());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void readsALongTextWithinTheStack(Expression expression) {
        if (!expression.pattern().pattern().matches("(?s).*\\)[*+{].*")) {
            return;
        }
        for (String beginning : beginnings(expression.pattern())) {
            for (String pump : PUMPS) {
                String text = beginning + pump.repeat(LONG);
                assertThat(steps(expression, text)).isNotNegative();
            }
        }
    }

    /** How often the engine looks at a character, to find all or to match the whole. */
    private static long steps(Expression expression, String text) {
        var counted = new CountedText(text);
        Matcher matcher = expression.pattern().matcher(counted);
        if (expression.searched()) {
            assertThat(matcher.results().count()).isNotNegative();
        } else {
            matcher.matches();
        }
        return counted.looks;
    }

    /** Every beginning of the letters that the expression itself names, after one another. */
    private static Set<String> beginnings(Pattern pattern) {
        String letters = NO_LETTERS.matcher(pattern.pattern()).replaceAll("");
        Set<String> beginnings = new LinkedHashSet<>(List.of(""));
        for (int end = 1; end <= Math.min(letters.length(), 40); end++) {
            beginnings.add(letters.substring(0, end));
            beginnings.add(letters.substring(0, end) + "a");
        }
        return beginnings;
    }

    private static List<String> pumps(String beginning) {
        List<String> pumps = new ArrayList<>(PUMPS);
        if (!beginning.isEmpty()) {
            pumps.add(beginning);
            pumps.add(beginning + "a.");
        }
        return pumps;
    }

    /** A text that counts the looks at its characters. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private long looks;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
