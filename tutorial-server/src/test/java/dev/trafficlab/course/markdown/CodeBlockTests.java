package dev.trafficlab.course.markdown;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CodeBlockTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  host: colors                | [key host][punctuation :] colors
                                                                  - weight: 10  # a tenth     | [punctuation -] [key weight][punctuation :] [number 10]  [comment # a tenth]
                                                                  # host: colors              | [comment # host: colors]
                                                                  - "*"                       | [punctuation -] [string "*"]
                                                                  uri: {exact: /colors}       | [key uri][punctuation :] [punctuation {][key exact][punctuation :] /colors[punctuation }]
                                                                  image: lab/colors:1         | [key image][punctuation :] lab/colors:1
                                                                  useSourceIp: true           | [key useSourceIp][punctuation :] [number true]
                                                                  app.kubernetes.io/name: x   | [key app.kubernetes.io/name][punctuation :] x
                                                                  cpu: 10m                    | [key cpu][punctuation :] 10m
                                                                  ---                         | [punctuation ---]
                                                                  steps: [one, 2]             | [key steps][punctuation :] [punctuation []one[punctuation ,] [number 2][punctuation ]]
                                                                  """)
    void highlightsYaml(String code, String wanted) {
        assertThat(tokens("yaml", code)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
                                                                  kubectl get pods -L version     ! [command kubectl] get pods [option -L] version
                                                                  # all of them                   ! [comment # all of them]
                                                                  get -o jsonpath='{.a[0]}'       ! [command get] [option -o] jsonpath=[string '{.a[0]}']
                                                                  N=$(kubectl get --raw /)        ! N=$([command kubectl] get [option --raw] /)
                                                                  """)
    void highlightsShell(String code, String wanted) {
        assertThat(tokens("shell", code)).isEqualTo(wanted);
    }

    @Test
    void aPipeStartsANewCommand() {
        assertThat(tokens("shell", "istioctl kube-inject -f a.yaml | kubectl apply -f -"))
                .isEqualTo("[command istioctl] kube-inject [option -f] a.yaml | [command kubectl] apply [option -f] -");
    }

    @Test
    void plainTextIsOnlyEscaped() {
        assertThat(tokens("text", "kubectl: <b> & \"x\"")).isEqualTo("kubectl: <b> & \"x\"");
    }

    @Test
    void escapesInsideAndOutsideOfTokens() {
        assertThat(CodeBlock.html("yaml", "a: \"<b>\" & <i>")).contains("&quot;&lt;b&gt;&quot;", "&amp; &lt;i&gt;")
                .doesNotContain("<b>", "<i>");
    }

    @Test
    void everyLineIsASpanAndLinesToExplainAreMarked() {
        assertThat(CodeBlock.html("text", "one\n\ntwo\n", Set.of(3))).isEqualTo(
                """
                <pre class="code" tabindex="0"><code class="language-text"><span class="line">one</span>
                <span class="line"></span>
                <span class="line marked">two</span>
                </code></pre>""");
    }

    private static String tokens(String language, String code) {
        return CodeBlock.html(language, code)
                .replaceAll("\n?</?(pre|code).*?>", "")
                .replaceAll("<span class=\"hl-(\\w+)\">(.*?)</span>", "[$1 $2]")
                .replaceAll("</?span.*?>", "")
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
