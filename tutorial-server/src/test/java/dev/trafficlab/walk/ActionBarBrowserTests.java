package dev.trafficlab.walk;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.NewLab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The next action is in view, and so is what it brings. */
class ActionBarBrowserTests extends LabsInBrowser {

    @Test
    void nextActionIsInViewAndOneIsHighlighted() {
        NewLab lab = lab();
        Page page = page(lab, "services");
        for (String step : STEPS) {
            visit(page, lab, step);
            for (String action : List.of(".do-apply", ".do-send", ".do-check", ".do-next")) {
                assertThat(page.locator(".action-bar " + action)).isInViewport(whole());
            }
        }
        visit(page, lab, "services");
        assertThat(page.locator("#actions")).hasAttribute("data-next", "apply");
        page.locator(".do-apply").click();
        assertThat(page.locator("#apply-result")).containsText("Applied.");
        assertThat(page.locator("#apply-result")).isInViewport();
        assertThat(page.locator("#actions")).hasAttribute("data-next", "send");
        page.locator(".do-send").click();
        assertThat(page.locator("#actions")).hasAttribute("data-next", "check");
    }

    @Test
    void allThereCarriesTheLinkOn() {
        Page page = page(lab(STEPS.subList(0, 1)), "services");
        page.locator(".do-check").click();
        assertThat(page.locator("#check-result")).containsText("All there.");
        assertThat(page.locator("#check-result .on")).isInViewport(whole());
        assertThat(page.locator("#actions")).hasAttribute("data-next", "next");
        page.locator("#check-result .on").click();
        assertThat(page).hasURL(Pattern.compile(".*/steps/inject"));
    }

    @Test
    void resultOfAnEditOpensWhereOneLooks() {
        Page page = page(lab(STEPS.subList(0, 5)), "destination-rules");
        page.locator("#edit summary").click();
        page.locator(".weight input").first().fill("80");
        assertThat(page.locator(".review")).containsText("weight: 80");
        page.locator("#edit .primary").click();
        assertThat(page.locator("#apply-result .yes")).isInViewport(whole());
        assertThat(page.locator(".review")).containsText("Nothing would change");
        page.locator(".cm-content").press("Control+a");
        page.keyboard().type("kind: Nonsense");
        page.locator("#edit .primary").click();
        assertThat(page.locator("#apply-result .no")).isInViewport(whole());
    }

    @Test
    void checkFollowsTheLab() {
        NewLab lab = lab(STEPS.subList(0, 3));
        Page page = page(lab, "gateway");
        page.locator(".do-check").click();
        assertThat(page.locator("#check-result")).containsText("All there.");
        page.locator(".close-outcome").click();
        labs.applyManifest(lab.lab().id(), """
                                           apiVersion: networking.istio.io/v1
                                           kind: Gateway
                                           metadata: {name: my-gateway}
                                           spec:
                                             selector: {istio: ingressgateway}
                                             servers: [{port: {number: 81, name: http, protocol: HTTP}, hosts: ["*"]}]
                                           """);
        // What was passed stays so, and says what became of it.
        assertThat(page.locator("#check-list")).containsText("You passed this before. By now:");
        assertThat(page.locator("#check-list .yes")).hasCount(2);
        // It tells so in its card, and does not put itself in the way of the text.
        assertThat(page.locator("#outcome")).not().isVisible();
    }

    @Test
    void checkSaysThatRequestsCameAfterIt() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        page.locator(".do-check").click();
        assertThat(page.locator("#check-result .age")).containsText("Checked at");
        assertThat(page.locator("#check-result .age")).not().hasClass(Pattern.compile("stale"));
        await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(() -> {
            send(lab, 10);
            return page.locator("#check-result .age.stale").count() > 0;
        });
        assertThat(page.locator("#check-result .age")).containsText("check again");
    }

    @Test
    void manifestOpensAtItsSubjectAndShowsThatItIsCut() {
        Page page = page(lab(), "destination-rules");
        Locator block = page.locator("#apply .manifest pre.code");
        page.evaluate("document.querySelector('#apply').scrollIntoView()");
        assertThat(block.locator(".marked").first()).isInViewport(whole());
        assertThat((int) block.evaluate("pre => Math.round(pre.scrollTop)")).isPositive();
        assertThat(page.locator("#apply .whole-toggle")).hasText(Pattern.compile("Show all \\d+ lines"));
        page.locator("#apply .whole-toggle").click();
        assertThat(block.evaluate("pre => pre.scrollHeight - pre.clientHeight")).isEqualTo(0);
    }

    @Test
    void rowOfTheTableLightsItsLine() {
        Page page = page(lab(), "destination-rules");
        page.locator(".line-link", new Page.LocatorOptions().setHasText("weight: 60")).click();
        assertThat(page.locator(".line.lit")).hasText(Pattern.compile("\\s*weight: 60\\s*"));
        assertThat(page.locator(".line.lit")).isInViewport();
    }

    private static LocatorAssertions.IsInViewportOptions whole() {
        return new LocatorAssertions.IsInViewportOptions().setRatio(0.99);
    }
}
