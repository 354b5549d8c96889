package dev.trafficlab.course.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MarkdownTests {

    private static final String SVG = """
                                      <?xml version="1.0"?>
                                      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" role="img" aria-labelledby="a b">
                                        <title id="a">A dot</title>
                                        <desc id="b">One dot.</desc>
                                        <circle class="v1" r="1"/>
                                      </svg>
                                      """;

    private final List<String> problems = new ArrayList<>();

    @Test
    void aQuoteThatAsksBecomesAQuestionToOpen() {
        assertThat(html("""
                        > **Guess:** how many?
                        >
                        > *Three.*
                        """)).isEqualTo("""
                                        <details class="question">
                                        <summary><strong>Guess:</strong> how many?</summary>
                                        <p><em>Three.</em></p>
                                        </details>
                                        """);
    }

    @Test
    void anyOtherQuoteStaysAQuote() {
        assertThat(html("> Three.\n")).isEqualTo("<blockquote>\n<p>Three.</p>\n</blockquote>\n");
    }

    @Test
    void aDrawingBecomesPartOfThePage() {
        assertThat(html("![A *dot* & more](dot.svg)\n", Map.of("dot.svg", SVG))).isEqualTo(
                """
                <figure class="drawing">
                %s
                <figcaption>A *dot* &amp; more</figcaption>
                </figure>
                """.formatted(SVG.substring(SVG.indexOf("<svg")).strip().replaceAll("(?m)^ +", "")));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            <circle class="v1" r="1"/>  | <script>alert(1)</script>        | must not hold <script>
                                            <circle class="v1" r="1"/>  | <foreignObject/>                 | must not hold <foreignObject>
                                            <circle class="v1" r="1"/>  | <g onclick="alert(1)"/>          | must not use the attribute onclick
                                            <circle class="v1" r="1"/>  | <circle style="fill: red"/>      | must not use the attribute style
                                            <circle class="v1" r="1"/>  | <circle href="https://a.test/"/> | must not use the attribute href
                                            <circle class="v1" r="1"/>  | <circle>                         | is not well-formed XML
                                            role="img"                  | role="none"                      | must have role="img"
                                            <desc id="b">               | <desc>                           | must have role="img"
                                            viewBox="0 0 1 1"           | width="1"                        | must have a viewBox
                                            <?xml version="1.0"?>       | <!DOCTYPE svg>                   | is not well-formed XML
                                            """)
    void aDrawingMustBeSafeAndSayWhatItShows(String good, String bad, String message) {
        html("![A dot](dot.svg)\n", Map.of("dot.svg", SVG.replace(good, bad)));
        assertThat(problems).anySatisfy(problem -> assertThat(problem).startsWith("1: the drawing dot.svg " + message));
    }

    @Test
    void tablesWithLinesTellWhatTheyExplain() {
        Prose prose = Markdown.render("""
                                      | Line | Meaning |
                                      |---|---|
                                      | `weight: 10` | a tenth |
                                      | `"*"` | any |

                                      | Requests | Error |
                                      |---|---|
                                      | `20` | 13 |
                                      """, surroundings(Map.of()), this::note);
        assertThat(prose.explained()).containsExactly(new Prose.Explained(3, "weight: 10"), new Prose.Explained(4,
                "\"*\""));
    }

    @Test
    void textCannotForgeTheApplyMark() {
        Prose prose = Markdown.render("One `<apply/>` two &lt;apply/&gt;\n\n<!-- apply -->\n\nthree\n", surroundings(Map
                .of()),
                this::note);
        assertThat(prose.parts()).hasSize(2);
        assertThat(problems).isEmpty();
    }

    @Test
    void rawHtmlIsReportedAndNeverPassedOn() {
        assertThat(html("a <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n")).doesNotContain("<img",
                "<script");
        assertThat(problems).hasSize(2);
    }

    @Test
    void headingsGetIdsToLinkTo() {
        assertThat(html("## Why so?\n\nsee [above](#why-so)\n")).contains("<h2 id=\"why-so\">", "href=\"#why-so\"");
    }

    private String html(String markdown) {
        return html(markdown, Map.of());
    }

    private String html(String markdown, Map<String, String> drawings) {
        return Markdown.render(markdown, surroundings(drawings), this::note).parts().getFirst();
    }

    private void note(int line, String message) {
        problems.add(line + ": " + message);
    }

    private static LinkResolver surroundings(Map<String, String> drawings) {
        return new LinkResolver() {
            @Override
            public Optional<String> drawing(String file) {
                return Optional.ofNullable(drawings.get(file));
            }

            @Override
            public boolean hasPage(String id) {
                return false;
            }
        };
    }
}
