package dev.trafficlab.embedded.regex;

import java.time.Duration;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** A regular expression is compiled only where its program is known to stay small. */
class BoundedRegexTests {

    @ParameterizedTest
    @ValueSource(strings = {"((a{0,100}){0,100}){0,100}b", "(((a{0,100}){0,100}){0,100}){0,10}b",
        "((x{1000}){1000}){1000}",
        "((?:[a-z]{0,900}){0,900}){2,900}", "(?i:(((z{99}){99}){99}){99})", "((\\Qabc\\E{0,999}){999,}){999}"})
    void nestedRepetitionsAreRefusedWithoutBeingBuilt(String expression) {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThatThrownBy(() -> BoundedRegex.compile(
                expression))
                .isInstanceOf(PatternSyntaxException.class)
                .hasMessageContaining("too large"));
        assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> assertThatCode(() -> BoundedRegex.check(expression)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/colors", "/v[0-9]+/.*", "^(.*?;)?(user=jason)(;.*)?$", "a{3,5}", "[]{}]{2}", "x{,3}",
        "a{b}",
        "\\{3}", "(?i)mobile|android", "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", "\\pL{1,50}", "a{1000}"})
    void whatRoutesAreWrittenWithIsCompiled(String expression) {
        assertThat(BoundedRegex.compile(expression).pattern()).isEqualTo(Pattern.compile(expression).pattern());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a{1001}", "(?=x)", "[z-a]", "((a{0,100}){0,100}){0,100}(",
        "((a{0,100}){0,100}){0,1001}",
        "*", "((a{0,100}){0,100}){3,2}"})
    void whatRe2DoesNotKnowIsStillAnError(String expression) {
        assertThatThrownBy(() -> BoundedRegex.check(expression)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void groupsTooDeepAreAnErrorAndNoOverflow() {
        String deep = "(".repeat(100_000) + "a" + ")".repeat(100_000);

        assertThatThrownBy(() -> BoundedRegex.check(deep)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void whatIsCompiledIsNoLargerThanAllowed() {
        assertThat(BoundedRegex.compile("(a{0,30}){0,60}").programSize()).isLessThanOrEqualTo(
                BoundedRegex.LARGEST_PROGRAM);
        assertThatThrownBy(() -> BoundedRegex.compile("((a{0,30}){0,30}){0,30}b"))
                .isInstanceOf(PatternSyntaxException.class);
    }
}
