package dev.trafficlab.web.live;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

import dev.trafficlab.embedded.mesh.NotSupported;
import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.LiveSnapshot.Sent;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Share;

import static org.assertj.core.api.Assertions.assertThat;

class LivePanelTests {

    private final LivePanel panel = new LivePanel(messages());

    @Test
    void saysWhatToPressWhileNothingWasCounted() {
        assertThat(html(new Split(0, List.of(new Share("teal", "v1", 0, 0, 0, 100, OptionalInt.of(10))), Optional
                .empty(), OptionalDouble.empty())))
                .contains("No requests yet. Press Send 100.", "none yet")
                .doesNotContain("class=\"share\"");
    }

    @Test
    void saysWhenNoVersionRuns() {
        assertThat(html(new Split(0, List.of(), Optional.empty(), OptionalDouble.empty())))
                .contains("No version is running yet")
                .doesNotContain("<table");
    }

    @Test
    void saysThatASplitFitsItsWeights() {
        assertThat(html(split(true, 0.42, share("v1", 114, 11.1, 10), share("v2", 301, 29.4, 30), share("v3", 609, 59.5,
                60))))
                .contains("The split fits 10 / 30 / 60.", "verdict fits", "1,024 requests counted",
                        "chi-square p = 0.42");
    }

    @Test
    void namesTheVersionThatGetsTooMuch() {
        assertThat(html(split(false, 0.0001, share("v1", 500, 48.8, 10), share("v2", 124, 12.1, 30), share("v3", 400,
                39.1, 60))))
                .contains("The split does not fit 10 / 30 / 60: v1 gets more than its share.", "p &lt; 0.001");
    }

    @Test
    void namesTheVersionThatGetsTooLittle() {
        assertThat(html(split(false, 0.0001, share("v1", 0, 0, 50), share("v2", 1024, 55, 50))))
                .contains("v1 gets less than its share");
    }

    @Test
    void tellsOneVersionFromASpread() {
        Share v2 = unweighted("v2", 100, 100);
        assertThat(html(new Split(100, List.of(unweighted("v1", 0, 0), v2), Optional.empty(), OptionalDouble.empty())))
                .contains("Every request went to v2.");
        assertThat(html(new Split(200, List.of(unweighted("v1", 100, 50), v2), Optional.empty(), OptionalDouble
                .empty())))
                .contains("No weights are set.", "none set")
                .doesNotContain("class=\"want\"");
    }

    @Test
    void waitsForEnoughRequestsBeforeItJudges() {
        assertThat(html(new Split(3, List.of(share("v1", 3, 100, 10), share("v2", 0, 0, 90)), Optional.empty(),
                OptionalDouble.empty()))).contains("Too few requests yet to tell whether they follow 10 / 90.");
    }

    @Test
    void putsWeightShareAndIntervalOnOneBar() {
        assertThat(html(split(true, 0.5, share("v1", 114, 11.1, 10))))
                .contains("x1=\"10%\"", "want 10", "width=\"11.1%\"", "x1=\"9.1%\" x2=\"13.1%\"", "114 · 9.1 to 13.1");
    }

    @Test
    void givesEachVersionAShapeBesideItsTone() {
        assertThat(html(split(true, 0.5, share("v1", 1, 50, 50), share("v2", 1, 50, 50))))
                .contains("tone-1", "●", "tone-2", "▲");
    }

    @Test
    void neverPutsALearnersColorIntoMarkup() {
        Share evil = new Share("\"><script>alert(1)</script>", "v1", 1, 100, 50, 100, OptionalInt.empty());
        assertThat(html(new Split(1, List.of(evil), Optional.empty(), OptionalDouble.empty())))
                .contains("&lt;script&gt;")
                .doesNotContain("<script>", "swatch");
    }

    @Test
    void needsNoInlineStyle() {
        assertThat(html(split(true, 0.5, share("v1", 114, 11.1, 10)))).doesNotContain("style=");
    }

    @Test
    void drawsAVersionsRequestsAndFailedOnesApart() {
        Split split = split(true, 0.5, share("v1", 1, 50, 50), share("v2", 1, 50, 50));
        LiveSnapshot picture = new LiveSnapshot(split, List.of(new Sent(3, 503, ""), new Sent(2, 200, "v2"), new Sent(1,
                200, "v1")),
                4.5, Map.of("200", 2L, "503", 1L), 0);
        assertThat(panel.recent(picture, Locale.ENGLISH)).contains("<path class=\"failed\" d=\"M3 3",
                "<path class=\"triangle tone-2\" d=\"M18 ", "<path class=\"dot tone-1\" d=\"M30 6h0\"",
                "data-newest=\"3\"", "data-marks=\"!ba\"");
        assertThat(panel.picture(picture, Locale.ENGLISH)).contains("2 × 200, 1 × 503", "4.5 requests a second");
    }

    @Test
    void saysWhatTheMeshDoesNotDo() {
        Split split = split(true, 0.5, share("v1", 1, 100, 100));
        LiveSnapshot picture = new LiveSnapshot(split, List.of(), 0, Map.of(), 0, 7, List.of(new NotSupported("Gateway",
                "lab-a", "my-gateway", "Servers of protocol <TLS> are not supported.")));

        assertThat(panel.picture(picture, Locale.ENGLISH)).contains(
                "<li><b>Gateway my-gateway</b> Servers of protocol &lt;TLS&gt; are not supported.</li>");
        assertThat(panel.picture(new LiveSnapshot(split, List.of(), 0, Map.of(), 0), Locale.ENGLISH)).doesNotContain(
                "cautions");
    }

    @Test
    void saysWhatFailsBeforeWhatWasCounted() {
        assertThat(html(new Sent(2, 404, ""), new Sent(1, 404, ""))).contains("The last requests were answered 404.");
        assertThat(html(new Sent(2, 0, ""), new Sent(1, 200, "v1"))).contains("The split fits");
        assertThat(html(new Sent(1, 0, ""))).contains("The last requests were refused");
    }

    @Test
    void tellsRequestsThatReachNoVersionFromNone() {
        Split nothing = new Split(0, List.of(share("v1", 0, 0, 100)), Optional.empty(), OptionalDouble.empty());
        assertThat(panel.picture(new LiveSnapshot(nothing, List.of(new Sent(1, 200, "")), 0, Map.of("200", 1L), 0),
                Locale.ENGLISH))
                .contains("but not by a version");
    }

    @Test
    void seesThatAClientSticksWhateverWasCountedBefore() {
        Split split = new Split(200, List.of(unweighted("v1", 100, 50), unweighted("v2", 100, 50)), Optional.empty(),
                OptionalDouble.empty());
        assertThat(panel.picture(new LiveSnapshot(split, Collections.nCopies(20, new Sent(1, 200, "v2")), 0, Map.of(),
                0),
                Locale.ENGLISH)).contains("The last requests all went to v2.");
        assertThat(panel.picture(new LiveSnapshot(split, Collections.nCopies(19, new Sent(1, 200, "v2")), 0, Map.of(),
                0),
                Locale.ENGLISH)).contains("No weights are set.");
    }

    @Test
    void wrapsMarksAfterFortyAndStopsAtTwoHundred() {
        List<Sent> many = LongStream.range(0, 300).mapToObj(n -> new Sent(300 - n, 200, "v1")).toList();
        StringBuilder html = new StringBuilder();
        RecentRequestsSvg.write(html, many, Map.of("v1", 0));
        assertThat(html.toString().split("M", -1)).hasSize(201);
        assertThat(html).contains("M6 18h0", "M474 54h0").doesNotContain("M6 66");
    }

    private String html(Sent... recent) {
        return panel.picture(new LiveSnapshot(split(true, 0.5, share("v1", 1, 100, 100)), List.of(recent), 0, Map.of(),
                0),
                Locale.ENGLISH);
    }

    private String html(Split split) {
        return panel.picture(new LiveSnapshot(split, List.of(), 0, Map.of(), 0), Locale.ENGLISH);
    }

    private static Split split(boolean fits, double p, Share... shares) {
        return new Split(1024, List.of(shares), Optional.of(fits), OptionalDouble.of(p));
    }

    private static Share share(String version, long count, double percent, int weight) {
        return new Share("teal", version, count, percent, Math.max(0, percent - 2), Math.min(100, percent + 2),
                OptionalInt.of(weight));
    }

    private static Share unweighted(String version, long count, double percent) {
        return new Share("teal", version, count, percent, Math.max(0, percent - 2), Math.min(100, percent + 2),
                OptionalInt.empty());
    }

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        messages.setDefaultEncoding("UTF-8");
        return messages;
    }
}
