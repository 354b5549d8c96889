package dev.trafficlab.walk;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ForcedColors;
import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.NewLab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The pages hold together at every size, with any font, in any colours. */
class LayoutBrowserTests extends LabsInBrowser {

    private static final List<Integer> WIDTHS = List.of(320, 390, 561, 768, 961, 1024, 1100, 1160, 1280, 1440, 1920);

    /** A narrow face, a wide one, and one wider than any that is in use. */
    private static final List<String> FONTS = List.of("font-family: 'Liberation Sans'", "font-family: 'DejaVu Sans'",
            "font-family: 'DejaVu Sans'; letter-spacing: .08em");

    @Test
    void noPageScrollsSidewaysAtAnyWidthWithAnyFont() {
        NewLab lab = lab(STEPS.subList(0, 5));
        send(lab, 200);
        Page page = page(lab, "destination-rules");
        List<String> wide = new ArrayList<>();
        for (String address : List.of("/labs/%s/steps/destination-rules", "/labs/%s/steps/finish", "/",
                "/labs/%s/kubectl",
                "/labs/%s/steps/welcome")) {
            page.navigate(address.formatted(lab.lab().id()));
            for (String font : FONTS) {
                page.evaluate("""
                              font => {
                                const sheet = new CSSStyleSheet();
                                sheet.replaceSync(`* { ${font} !important; }`);
                                document.adoptedStyleSheets = [sheet];
                              }""", font);
                for (int width : WIDTHS) {
                    page.setViewportSize(width, 800);
                    int content = ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue();
                    if (content > width) {
                        wide.add("%s at %d with %s: %d".formatted(address, width, font, content));
                    }
                }
            }
        }
        assertThat(wide).isEmpty();
    }

    @Test
    void mapIsInSightOnALowLaptop() {
        NewLab lab = lab(STEPS.subList(0, 5));
        send(lab, 200);
        Page page = page(lab, "destination-rules", new Browser.NewContextOptions().setViewportSize(1280, 720));
        assertThat(page.locator("#topology .percent")).hasCount(3);
        assertThat(page.locator("#recent")).hasAttribute("data-newest", "200");
        BoundingBox map = page.locator("#topology .map").boundingBox();
        BoundingBox generator = page.locator(".options").boundingBox();
        assertThat(map.y + map.height).isLessThanOrEqualTo(generator.y);
        assertThat(page.evaluate(
                "document.querySelector('.way').scrollWidth <= document.querySelector('.way').clientWidth"))
                .isEqualTo(true);
    }

    @Test
    void nothingJumpsWhenRequestsAreSentAndTold() {
        Page page = page(lab(STEPS.subList(0, 5)), "destination-rules");
        page.locator("#generator .primary").click();
        assertThat(page.locator("#done")).containsText("Sent 100");
        assertThat(page.locator(".bars")).isVisible();
        BoundingBox generator = page.locator("#generator").boundingBox();
        BoundingBox map = page.locator("#topology").boundingBox();
        page.locator("#generator .primary").click();
        assertThat(page.locator("#recent")).hasAttribute("data-newest", "200");
        page.locator("#pick").press("Enter");
        assertThat(page.locator("#why .dice")).isVisible();
        assertThat(page.locator("#generator").boundingBox().y).isEqualTo(generator.y);
        double scrolled = ((Number) page.evaluate("document.querySelector('#live-view').scrollTop")).doubleValue();
        assertThat(page.locator("#topology").boundingBox().y + scrolled).isBetween(map.y - 1, map.y + 1);
    }

    @Test
    void phoneHasTargetsForFingersAndTextForEyes() {
        NewLab lab = lab(STEPS.subList(0, 5));
        send(lab, 200);
        Page page = page(lab, "destination-rules", new Browser.NewContextOptions().setViewportSize(390, 844));
        page.locator(".why-head form button").click();
        assertThat(page.locator("#why .dice")).isVisible();
        assertThat(page.locator("#pick").boundingBox().width / 40).isGreaterThanOrEqualTo(24);
        assertThat(small(page)).isEmpty();
        for (Locator cut : page.locator(".way-frame").all()) {
            cut.scrollIntoViewIfNeeded();
            assertThat(cut.locator(".cut-hint")).isVisible();
        }
    }

    @Test
    void textOfTheMapIsLargeEnoughToRead() {
        NewLab lab = lab(STEPS.subList(0, 5));
        send(lab, 200);
        assertThat(small(page(lab, "destination-rules"))).isEmpty();
    }

    /** Texts shown smaller than 12 pixels, drawings as they are scaled. */
    @SuppressWarnings("unchecked")
    private static List<String> small(Page page) {
        return (List<String>) page.evaluate(
                """
                () => [...document.querySelectorAll('main *, header *')]
                  .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                  .filter(one => one.checkVisibility() && !one.closest('.hidden, title, noscript, option'))
                  .filter(one => parseFloat(getComputedStyle(one).fontSize)
                    * (one instanceof SVGElement ? one.getScreenCTM().a : 1) < 11.95)
                  .map(one => one.outerHTML.slice(0, 80))""");
    }

    @Test
    void copyIsAlwaysVisibleAndNeverOverText() {
        Page page = page(lab(), "destination-rules", new Browser.NewContextOptions().setViewportSize(390, 844));
        assertThat(page.locator(".copy").first()).isVisible();
        Object covered = page.evaluate(
                """
                () => [...document.querySelectorAll('.copy')].filter(button => {
                  const box = button.getBoundingClientRect();
                  const pre = button.closest('.manifest, .copyable').querySelector('pre').getBoundingClientRect();
                  return getComputedStyle(button).opacity !== '1' || box.bottom > pre.top && box.top < pre.bottom;
                }).length""");
        assertThat(covered).isEqualTo(0);
    }

    @Test
    void forcedColoursShowWhichTabIsChosen() {
        Page page = page(lab(), "services", new Browser.NewContextOptions().setViewportSize(1440, 900)
                .setForcedColors(ForcedColors.ACTIVE));
        assertThat(line(page, "#tab-live")).isNotEqualTo(line(page, "#tab-cluster"));
        assertThat(line(page, "#tab-cluster")).isEqualTo(page.locator("body")
                .evaluate(
                        "body => getComputedStyle(body).backgroundColor"));
    }

    private static Object line(Page page, String tab) {
        return page.locator(tab).evaluate("tab => getComputedStyle(tab).borderBottomColor");
    }

    @Test
    void zoomedToTwiceItsSizeTheTextHasTheRoom() {
        Page page = page(lab(), "services", new Browser.NewContextOptions().setViewportSize(720, 450));
        assertThat(page.locator("h1")).isInViewport();
        page.mouse().wheel(0, 900);
        assertThat(page.locator(".top")).not().isInViewport();
        assertThat(page.locator(".action-bar")).hasCSS("position", "static");
    }
}
