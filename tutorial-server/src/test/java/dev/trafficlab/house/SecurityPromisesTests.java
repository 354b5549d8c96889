package dev.trafficlab.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** SECURITY.md names a test for each promise; each of them is there. */
class SecurityPromisesTests {

    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z]*Tests)\\.([a-z][A-Za-z0-9]*)`");

    @Test
    void everyTestThatAPromiseNamesIsThere() throws IOException {
        List<MatchResult> named = NAMED.matcher(Files.readString(Path.of("..", "SECURITY.md"))).results().toList();
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(named).allSatisfy(test -> assertThat(source(test.group(1))).as(test.group())
                .contains("void " + test.group(2) + "("));
    }

    private static String source(String type) throws IOException {
        try (Stream<Path> tests = Files.walk(Path.of("src", "test", "java"));
                Stream<Path> fuzzTests = Files.walk(Path.of("src", "fuzz", "java"))) {
            return Stream.concat(tests, fuzzTests)
                    .filter(file -> file.endsWith(type + ".java"))
                    .map(SecurityPromisesTests::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
