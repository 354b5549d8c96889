package dev.trafficlab.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The English of comments, messages and courses: plain, idiomatic, the same words for the same things. */
class GlossaryTests {

    private static final List<Path> TEXTS = List.of(Path.of("src", "main", "resources"), Path.of("..", "content"));

    /** Phrases that no reader of English expects, each a translation of an idiom of another language. */
    private static final Pattern BANNED = Pattern.compile(
            "\\b(to be had|cannot be had|by and by|manieth|in vain|some vain"
                    + "|unheard of|works? it off|what came of|what a write left|does not do that right now|once more again)\\b",
            Pattern.CASE_INSENSITIVE);

    @Test
    void noPhraseIsOfAnotherLanguage() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : texts()) {
            BANNED.matcher(JavaSources.text(file))
                    .results()
                    .forEach(hit -> found.add(file + ": " + hit.group()));
        }
        assertThat(found).as("say it in plain English").isEmpty();
    }

    /** Pronouns for people that a sentence about a caller, a client or a learner does not need. They may become fewer, never more. */
    @ParameterizedTest
    @CsvSource({"nobody, 90", "somebody, 40", "whoever, 35"})
    void vaguePronounsBecomeFewer(String word, int most) throws IOException {
        Pattern pronoun = Pattern.compile("\\b" + word + "\\b", Pattern.CASE_INSENSITIVE);
        long count = texts().stream()
                .mapToLong(file -> pronoun.matcher(JavaSources.text(file)).results().count())
                .sum();
        assertThat(count).as("name the one who is meant: the client, the learner, the caller")
                .isLessThanOrEqualTo(most);
    }

    private static List<Path> texts() throws IOException {
        List<Path> texts = new ArrayList<>(JavaSources.all());
        for (Path folder : TEXTS) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().matches(".*\\.(properties|md|html)")).forEach(texts::add);
            }
        }
        return texts;
    }
}
