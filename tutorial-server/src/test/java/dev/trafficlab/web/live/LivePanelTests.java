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

import dev.trafficlab.course.Experiment;
import dev.trafficlab.embedded.mesh.NotSupported;
import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.LiveSnapshot.Sent;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Cause;
import dev.trafficlab.traffic.Split.Failure;
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
                        "p = 0.42");
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
                OptionalDouble.empty()))).contains("Too few requests yet to tell whether they follow 10 / 90");
    }

    @Test
    void putsWeightShareAndIntervalOnOneBar() {
        assertThat(html(split(true, 0.5, share("v1", 114, 11.1, 10))))
                .contains("data-count=\"114\" data-want=\"10\"", "x1=\"10%\"", "want 10", "width=\"11.1%\"",
                        "x1=\"9.1%\" x2=\"13.1%\"", "114 · 9.1 to 13.1");
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
    void tellsAVersionsRequestsAndFailedOnesApart() {
        Split split = split(true, 0.5, share("v1", 1, 50, 50), share("v2", 1, 50, 50));
        LiveSnapshot picture = new LiveSnapshot(split, List.of(new Sent(3, 503, ""), new Sent(2, 200, "v2"), new Sent(1,
                200, "v1")),
                4.5, Map.of("200", 2L, "503", 1L), 0);
        assertThat(panel.recent(picture, Locale.ENGLISH)).contains("data-newest=\"3\"", "data-marks=\"!ba\"",
                "data-looks=\"dot tone-1,triangle tone-2\"");
        assertThat(panel.picture(picture, Locale.ENGLISH)).contains("2 × 200, 1 × 503", "4.5 requests a second");
    }

    @Test
    void saysWhatTheMeshDoesNotDo() {
        Split split = split(true, 0.5, share("v1", 1, 100, 100));
        LiveSnapshot picture = new LiveSnapshot(split, List.of(), 0, Map.of(), 0, 7, List.of(new NotSupported("Gateway",
                "lab-a", "my-gateway", "Servers of protocol <TLS> are not supported.")), 0);

        assertThat(panel.picture(picture, Locale.ENGLISH)).contains(
                "<li><b>Gateway my-gateway</b> Servers of protocol &lt;TLS&gt; are not supported.</li>");
        assertThat(panel.picture(new LiveSnapshot(split, List.of(), 0, Map.of(), 0), Locale.ENGLISH)).doesNotContain(
                "cautions");
    }

    @Test
    void saysWhatFailsBeforeWhatWasCounted() {
        assertThat(failing(60, new Failure(503, 60, new Cause.NoReadyPod("shop", "v3")))).contains(
                "60 of 100 requests got 503: the subset v3 has no ready pod.", "verdict misses");
        assertThat(failing(4, new Failure(503, 4, new Cause.Proxy()))).contains("The split fits");
        assertThat(failing(100, new Failure(0, 100, new Cause.NotListening("There is no <Gateway> yet.")))).contains(
                "100 of 100 requests were refused: There is no &lt;Gateway&gt; yet.");
        assertThat(failing(100, new Failure(404, 100, new Cause.OwnAnswer(List.of("v1", "v2", "v3"))))).contains(
                "v1, v2 and v3 answered 404 themselves: the app has no such page.");
    }

    @Test
    void aGoalIsNoFault() {
        Split split = failed(1, 1, new Failure(404, 1, new Cause.NoRoute("No route takes GET /.")));
        LiveSnapshot picture = new LiveSnapshot(split, List.of(new Sent(1, 404, "")), 0, Map.of(), 0);
        assertThat(panel.picture(picture, Locale.ENGLISH, 404)).contains("verdict fits",
                "404, and that is what this step is after: No route takes GET /.");
        assertThat(panel.picture(picture, Locale.ENGLISH, 200)).contains("verdict misses");
    }

    @Test
    void saysThatTheTallyIsGone() {
        Split split = new Split(9, List.of(share("v1", 9, 100, 100)), Optional.of(true), OptionalDouble.of(1), 0,
                new Split.Seen(9, List.of(), "till", true), Map.of());
        assertThat(html(split)).contains("Not counted: till is gone.");
    }

    @Test
    void saysThatNothingRunsBeforeAnythingElse() {
        Split split = new Split(0, List.of(), Optional.empty(), OptionalDouble.empty(), 0, new Split.Seen(1, List.of(
                new Failure(0, 1, new Cause.NotListening("no pod"))), "", false), Map.of());
        assertThat(panel.picture(new LiveSnapshot(split, List.of(new Sent(1, 0, "")), 0, Map.of(), 0), Locale.ENGLISH))
                .contains("Nothing runs yet. Press Apply.");
    }

    @Test
    void requestsFromBeforeAChangeAreNotJudged() {
        Split nothing = new Split(0, List.of(share("v1", 0, 0, 100)), Optional.empty(), OptionalDouble.empty());
        LiveSnapshot picture = new LiveSnapshot(nothing, List.of(new Sent(1, 503, "")), 0, Map.of(), 0, 1, List.of(),
                1);
        assertThat(panel.picture(picture, Locale.ENGLISH)).contains("Nothing was sent since.");
    }

    @Test
    void drawsAVersionAsItsCourseSaysWhateverItsPlace() {
        Split split = new Split(2, List.of(share("v3", 2, 100, 100)), Optional.empty(), OptionalDouble.empty(), 0,
                Split.Seen.NOTHING, Map.of("v3", new Experiment.VersionLook(Experiment.Tone.VIOLET,
                        Experiment.Shape.SQUARE)));
        assertThat(html(split)).contains("tone-3", "■");
    }

    @Test
    void tellsCopiesApart() {
        Split split = new Split(50, List.of(new Share("teal", "v2", 0, 0, 0, 5, OptionalInt.of(0), 50)), Optional
                .empty(), OptionalDouble.empty());
        assertThat(html(split)).contains("and 50 mirrored");
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
    void tellsTheLastTwoHundredAlone() {
        List<Sent> many = LongStream.range(0, 300).mapToObj(n -> new Sent(300 - n, 200, "v1")).toList();
        Split split = split(true, 0.5, share("v1", 300, 100, 100));
        assertThat(panel.recent(new LiveSnapshot(split, many, 0, Map.of(), 0), Locale.ENGLISH)).contains(
                "data-newest=\"300\" data-marks=\"" + "a".repeat(200) + "\"");
    }

    private String failing(long failed, Failure failure) {
        return html(failed(failed, 100, failure));
    }

    private static Split failed(long failed, long requests, Failure failure) {
        return new Split(requests - failed, List.of(share("v1", requests - failed, 100, 100)), Optional.of(true),
                OptionalDouble.of(1), 0, new Split.Seen(requests, List.of(failure), "", true), Map.of());
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
