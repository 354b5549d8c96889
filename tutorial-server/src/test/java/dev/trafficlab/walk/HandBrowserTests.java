package dev.trafficlab.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.BoundingBox;
import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.NewLab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Faults of the hand: typing, sliding, reloading and second tabs do what the hand meant, and nothing else. */
class HandBrowserTests extends LabsInBrowser {

    @Test
    void typingBelowTheEmptiedEditorGoesIntoItAndFiresNoShortcut() {
        Page page = page(lab(STEPS.subList(0, 3)), "virtual-service");
        page.locator("#edit summary").click();
        page.locator(".cm-content").press("Control+a");
        page.keyboard().press("Delete");
        List<String> posts = posts(page);
        Locator frame = page.locator(".code-editor");
        frame.scrollIntoViewIfNeeded();
        BoundingBox box = frame.boundingBox();
        page.mouse().click(box.x + box.width / 2, box.y + box.height - 12);
        page.keyboard().type("apiVersion: v1");
        page.keyboard().press("Enter");
        page.keyboard().type("kind: Pod");
        assertThat(page.locator("#yaml")).hasValue("apiVersion: v1\nkind: Pod");
        assertThat(page).hasURL(Pattern.compile(".*/steps/virtual-service"));
        assertThat(posts).isEmpty();
    }

    @Test
    void wordTypedAtThePageIsNoRowOfShortcuts() {
        Page page = page(lab(STEPS.subList(0, 3)), "virtual-service");
        List<String> posts = posts(page);
        page.keyboard().type("kind: Pod and some more");
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).not().isVisible();
        assertThat(posts).isEmpty();
        assertThat(page).hasURL(Pattern.compile(".*/steps/virtual-service"));
    }

    @Test
    void draftAndPredictionSurviveAReload() {
        Page page = page(lab(STEPS.subList(0, 3)), "virtual-service");
        page.locator(".choice input").nth(1).check();
        page.locator("#edit summary").click();
        page.locator(".cm-content").press("Control+Home");
        page.keyboard().type("# mine");
        page.keyboard().press("Enter");
        assertThat(page.locator("#yaml")).hasValue(Pattern.compile("# mine\n.*", Pattern.DOTALL));
        page.reload();
        assertThat(page.locator(".choice input").nth(1)).isChecked();
        assertThat(page.locator(".feedback p:visible")).hasCount(1);
        assertThat(page.locator(".cm-content")).containsText("# mine");
        page.locator(".revert").click();
        page.reload();
        assertThat(page.locator("#yaml")).not().hasValue(Pattern.compile("# mine\n.*", Pattern.DOTALL));
    }

    @Test
    void missedPredictionComesAgainOnTheLastPageUntilItIsRight() {
        NewLab lab = lab();
        Page page = page(lab, "gateway");
        page.locator(".choice.wrong input").first().check();
        visit(page, lab, "virtual-service");
        page.locator(".choice.right input").check();
        visit(page, lab, "finish");
        assertThat(page.locator("#missed .predict:visible")).hasCount(1);
        assertThat(page.locator("#missed .predict:visible")).containsText("What will a request for / get?");
        page.locator("#missed .predict:visible .choice.right input").check();
        assertThat(page.locator("#missed .feedback p.right:visible")).hasCount(1);
        page.reload();
        assertThat(page.locator("#missed")).isHidden();
    }

    @Test
    void anotherStepAndAResetLabHaveNoDraft() {
        NewLab lab = lab(STEPS.subList(0, 3));
        Page page = page(lab, "virtual-service");
        page.locator("#edit summary").click();
        page.locator(".cm-content").press("Control+Home");
        page.keyboard().type("# mine");
        assertThat(page.locator("#yaml")).hasValue(Pattern.compile("# mine.*", Pattern.DOTALL));
        visit(page, lab, "gateway");
        assertThat(page.locator("#yaml")).not().hasValue(Pattern.compile("# mine.*", Pattern.DOTALL));
        page.navigate("/labs/" + lab.lab().id() + "/reset");
        page.locator("main .danger").click();
        visit(page, lab, "virtual-service");
        assertThat(page.locator("#yaml")).not().hasValue(Pattern.compile("# mine.*", Pattern.DOTALL));
    }

    @Test
    void rateAndPathTakeEffectWhileSending() {
        Page page = page(lab(STEPS.subList(0, 5)), "destination-rules");
        page.locator("input[name=rate][type=range]").fill("50");
        page.locator("#generator .keep").click();
        assertThat(page.locator("#picture")).hasAttribute("data-rate", "50");
        page.locator("input[name=rate][type=range]").fill("2");
        assertThat(page.locator("#picture")).hasAttribute("data-rate", "2");
        Request asked = page.waitForRequest("**/traffic/start", () -> {
            page.locator("input[name=path]").fill("/elsewhere");
            page.locator("input[name=path]").press("Tab");
        });
        assertThat(asked.postData()).contains("path=%2Felsewhere", "rate=2");
        page.locator("#generator .stop").click();
        assertThat(page.locator("#picture")).hasAttribute("data-sending", "false");
    }

    @Test
    void twoTabsAgreeAboutARunningSender() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page one = page(lab, "destination-rules");
        Page two = visit(listened(one.context().newPage()), lab, "destination-rules");
        one.locator("input[name=rate][type=range]").fill("7");
        one.locator("#generator .keep").click();
        assertThat(one.locator("#done")).hasText("Sending until you press Stop.");
        assertThat(two.locator("#done")).hasText("Sending until you press Stop.");
        assertThat(two.locator(".rate output")).hasText("7/s");
        two.locator("#generator .stop").click();
        assertThat(two.locator("#done")).hasText("Stopped.");
        assertThat(one.locator("#done")).hasText("Stopped.");
    }

    @Test
    void withoutScriptsThePageOpensAtTheResult() {
        NewLab lab = lab();
        Page page = page(lab, "services", new Browser.NewContextOptions().setJavaScriptEnabled(false)
                .setViewportSize(1440, 900));
        page.locator("#apply-form button").click();
        assertThat(page.locator("#apply-result")).containsText("Applied.");
        assertThat(page.locator("#apply-result")).isInViewport();
        page.locator(".do-check").click();
        assertThat(page.locator("#check-result b").first()).isInViewport();
        page.locator(".why-head form button").click();
        assertThat(page.locator("#why .answer")).isInViewport();
    }

    @Test
    void editorWritesNothingToTheConsole() {
        Page page = page(lab(STEPS.subList(0, 3)), "virtual-service");
        page.locator("#edit summary").click();
        Locator text = page.locator(".cm-content");
        text.press("Control+End");
        page.keyboard().type("\n    timeo");
        assertThat(page.locator(".cm-tooltip-autocomplete")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator(".cm-lint-marker-error")).hasCount(1);
        page.locator(".cm-lint-marker-error").hover();
        assertThat(page.locator(".cm-tooltip-lint")).isVisible();
        text.press("Control+a");
        page.keyboard().type("kind: Nonsense");
        assertThat(page.locator("#yaml")).hasValue("kind: Nonsense");
        text.press("Control+Shift+KeyM");
        assertThat(page.locator(".cm-panel-lint")).isVisible();
    }

    private static List<String> posts(Page page) {
        List<String> posts = new ArrayList<>();
        page.onRequest(request -> {
            if (request.method().equals("POST") && !request.url().endsWith("/draft/changes")) {
                posts.add(request.url());
            }
        });
        return posts;
    }
}
