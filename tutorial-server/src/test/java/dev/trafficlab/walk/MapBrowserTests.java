package dev.trafficlab.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.trafficlab.lab.NewLab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The map: a request is told beside it stage by stage, and requests are seen to travel along it. */
class MapBrowserTests extends LabsInBrowser {

    @ParameterizedTest
    @CsvSource({"1440,900", "1024,768", "390,844"})
    void followedRequestIsToldOneStageAtATimeInView(int width, int height) {
        Page page = page(lab(STEPS.subList(0, 5)), "destination-rules", new Browser.NewContextOptions().setViewportSize(
                width, height));
        page.locator(".why-head form button").click();
        Locator stages = page.locator("#stages > li:visible");
        assertThat(stages).hasCount(1);
        assertThat(stages).isInViewport();
        assertThat(page.locator(".story-on")).isFocused();
        assertThat(page.locator(".story-head .at")).hasText(Pattern.compile("Stage 1 of \\d+"));
        assertThat(page.locator(".node.here")).hasAttribute("data-node", "client");
        for (int i = 0; i < 20 && page.locator(".story-on").isEnabled(); i++) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(stages).hasCount(1);
        assertThat(stages).isInViewport();
        assertThat(page.locator(".node.here")).hasAttribute("data-node", Pattern.compile("workload/colors-v\\d"));
        page.locator(".story-back").click();
        assertThat(page.locator(".story-head .at")).not().hasText(Pattern.compile("Stage (\\d+) of \\1"));
        page.locator(".story-all").click();
        assertThat(page.locator("#stages > li:visible").nth(3)).isVisible();
    }

    @Test
    void requestsTravelUntilPaused() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        page.locator("#generator .keep").click();
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() -> number(page,
                        "document.getAnimations().filter(one => one.playState === 'running').length") > 4);
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() -> page.locator(".travel .tone-3").count() > 0);
        assertThat(number(page, "document.querySelectorAll('.travel i').length")).isLessThan(60);
        page.locator("#travel-pause").click();
        assertThat(page.locator(".travel i")).hasCount(0);
        assertThat(page.locator("#travel-figures")).containsText("/s");
        page.locator("#generator .stop").click();
    }

    @Test
    void framesStayUnderFourKibibytesInTheMeanAndTheDrawingStays() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        send(lab, 200);
        assertThat(page.locator("#recent")).hasAttribute("data-newest", "200");
        List<Integer> sizes = new ArrayList<>();
        page.onWebSocket(socket -> socket.onFrameReceived(frame -> sizes.add(frame.text().getBytes(UTF_8).length)));
        visit(page, lab, "destination-rules");
        assertThat(page.locator("#recent path")).not().hasCount(0);
        page.evaluate("document.querySelector('#topology .map').dataset.first = 'yes'");
        page.locator("input[name=rate][type=range]").fill("50");
        page.locator("#generator .keep").click();
        await().pollInSameThread()
                .atMost(Duration.ofMinutes(2))
                .until(() -> page.locator("#generator").isVisible() && sizes.size() > 60);
        page.locator("#generator .stop").click();
        double mean = sizes.stream().mapToInt(size -> size).average().orElseThrow();
        IO.println("frames: " + sizes.size() + ", mean " + Math.round(mean) + " bytes");
        assertThat(mean).isLessThan(4096);
        assertThat(page.locator("#topology .map")).hasAttribute("data-first", "yes");
        // Each of the last two hundred requests is drawn, in the shape of its version.
        for (String version : List.of("a dot", "b triangle", "c square")) {
            String kind = version.substring(2);
            int drawn = number(page, "document.querySelector('#recent ." + kind
                    + "').getAttribute('d').split('M').length - 1");
            assertThat(drawn).isPositive()
                    .isEqualTo(number(page, "document.getElementById('recent').dataset.marks.split('" + version.charAt(
                            0) + "').length - 1"));
        }
    }

    @Test
    void sharesWalkIntoTheirNarrowingFunnelsUntilPaused() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        assertThat(page.locator("#strip .funnel")).hasCount(3);
        assertThat(page.locator("#strip .walk")).hasCount(0);
        send(lab, 50);
        assertThat(page.locator("#strip .walk")).hasCount(3);
        send(lab, 2000);
        assertThat(page.locator("#picture .facts")).containsText("2,050 requests counted");
        // Ten requests may miss a share by thirty points, two thousand by two.
        assertThat(funnel(page, 0)).isGreaterThan(10 * funnel(page, 32));
        assertThat(page.locator("#strip .walk").last().getAttribute("d")).contains("L480.0 ");
        page.locator("#travel-pause").click();
        String drawn = page.locator("#strip svg").innerHTML();
        send(lab, 100);
        assertThat(page.locator("#picture .facts")).containsText("2,150 requests counted");
        assertThat(page.locator("#strip svg").innerHTML()).isEqualTo(drawn);
    }

    /** How high the last version's funnel is at one of its places, in units of the drawing. */
    private static double funnel(Page page, int place) {
        String[] places = page.locator("#strip .funnel").last().getAttribute("d").substring(1).split("L");
        return Double.parseDouble(places[places.length - 1 - place].split(" ")[1]) - Double.parseDouble(places[place]
                .split(" ")[1]);
    }

    @Test
    void requestsThatFailEndInACross() {
        Page page = page(lab(STEPS.subList(0, 3)), "gateway");
        page.locator("#generator .keep").click();
        await().pollInSameThread()
                .atMost(Duration.ofSeconds(30))
                .until(() -> page.locator(".travel .failed").count() > 0);
        page.locator("#generator .stop").click();
    }

    @Test
    void askedForLessMotionTheMapStandsStillAndTellsFigures() {
        Page page = page(lab(STEPS.subList(0, 5)), "destination-rules", new Browser.NewContextOptions().setViewportSize(
                1440, 900).setReducedMotion(ReducedMotion.REDUCE));
        page.locator("#generator .keep").click();
        assertThat(page.locator("#travel-figures")).containsText("/s");
        assertThat(number(page, "document.getAnimations().length")).isZero();
        page.locator("#generator .stop").click();
    }

    private static int number(Page page, String script) {
        return ((Number) page.evaluate(script)).intValue();
    }
}
