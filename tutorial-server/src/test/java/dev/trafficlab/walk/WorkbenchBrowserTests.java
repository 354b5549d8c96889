package dev.trafficlab.walk;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import org.junit.jupiter.api.Test;

import dev.trafficlab.lab.NewLab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the workbench shows and lets a learner do, in a real Chromium on a real lab. */
class WorkbenchBrowserTests extends LabsInBrowser {

    private static final Pattern RANGE = Pattern.compile("([\\d.]+) to ([\\d.]+)");

    @Test
    void drawingGrowsWithEachStep() {
        NewLab lab = lab();
        Page page = page(lab, "services");
        assertThat(page.locator("#topology .node.there:not(g)")).hasCount(0);
        assertThat(page.locator("[data-node='gateway/my-gateway']")).hasAttribute("aria-label",
                "Gateway my-gateway: not there yet. Step 3, Gateway, makes it.");

        labs.apply(lab.lab().id(), "services");
        assertThat(page.locator("a.there[data-node='service/colors']")).isVisible();
        assertThat(page.locator("[data-node='workload/colors-v1'] .pod.ready")).hasCount(1);
        assertThat(page.locator("a.ghost[data-node='route/colors'] .note")).hasText("routes · step 4");

        labs.apply(lab.lab().id(), "inject");
        assertThat(page.locator("[data-node='workload/colors-v1'] .note")).hasText("1/1 · proxy", patiently());

        labs.apply(lab.lab().id(), "gateway");
        assertThat(page.locator("a.there[data-node='gateway/my-gateway']")).isVisible();

        labs.apply(lab.lab().id(), "virtual-service");
        assertThat(page.locator("a.there[data-node='route/colors']")).isVisible();
        assertThat(page.locator("a.ghost[data-node='subset/colors/v1']")).isVisible();

        labs.apply(lab.lab().id(), "destination-rules");
        assertThat(page.locator("[data-node='subset/colors/v3'] .note")).hasText("want 60 %");
        assertThat(width(page, "route/colors", "subset/colors/v3")).isGreaterThan(3 * width(page, "route/colors",
                "subset/colors/v1"));

        labs.apply(lab.lab().id(), "sticky");
        assertThat(page.locator("[data-node='subset/colors/v3'] .note")).hasText("subset");
        assertThat(page.locator("#topology .ghost")).hasCount(0);
    }

    @Test
    void rangeNarrowsAndCountsStartAnewWithTheWeights() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        send(lab, 20);
        assertThat(page.locator("#picture .facts")).containsText("20 requests counted");
        double wide = range(page);
        send(lab, 980);
        assertThat(page.locator("#picture .facts")).containsText("1,000 requests counted");
        assertThat(range(page)).isLessThan(wide / 3);
        assertThat(page.locator("#verdict")).hasText("The split fits 10 / 30 / 60.");

        apply(lab, "{v1: 70, v2: 20, v3: 10}");
        assertThat(page.locator("#verdict")).containsText("the counts start anew");
        send(lab, 1000);
        assertThat(page.locator("#verdict")).hasText("The split fits 70 / 20 / 10.");
    }

    @Test
    void sliderKeepsAHundredAndTheSplitFollows() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        page.locator("#edit summary").click();
        page.locator(".weight input").first().fill("80");
        List<Integer> weights = page.locator(".weight output").allInnerTexts().stream().map(Integer::valueOf).toList();
        assertThat(weights.getFirst()).isEqualTo(80);
        assertThat(weights.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
        assertThat(page.locator("#yaml")).hasValue(Pattern.compile("weight: 80\n.*weight: " + weights.get(1)
                + "\n.*weight: " + weights.get(2), Pattern.DOTALL));
        assertThat(page.locator(".review")).containsText("weight: 80");

        page.locator("#edit .primary").click();
        assertThat(page.locator("#apply-result")).containsText("configured");
        page.locator("#generator .delete").click();
        assertThat(page.locator("#done")).containsText("The logs are empty");
        send(lab, 400);
        assertThat(page.locator("#verdict")).hasText("The split fits 80 / %d / %d.".formatted(weights.get(1), weights
                .get(2)));
    }

    @Test
    void chosenRequestIsToldAndDrawn() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        page.locator("#generator .primary").click();
        assertThat(page.locator("#recent")).hasAttribute("data-newest", "100");

        page.locator("#pick").focus();
        for (int i = 0; i < 3; i++) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(page.locator("#pick")).hasAttribute("aria-valuetext", Pattern.compile("Request 97, .*v[123]"));
        page.keyboard().press("Enter");

        assertThat(page.locator("#why")).containsText("Request 97:");
        assertThat(page.locator("#why .dice .range")).hasCount(3);
        assertThat(page.locator("#stages")).containsText("The dice rolled");
        page.locator(".story-all").click();
        assertThat(page.locator("#topology .node.on-way")).hasCount(5);
        String version = page.locator("#why .answer").innerText().replaceAll("(?s).*from (v\\d).*", "$1");
        assertThat(page.locator("[data-node='workload/colors-" + version + "']")).hasClass(Pattern.compile("on-way"));
    }

    @Test
    void requestFromElsewhereIsToldToo() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        page.request().get("http://localhost:" + port + "/gateway/" + lab.lab().id() + "/colors?from=elsewhere");
        assertThat(page.locator("#recent")).hasAttribute("data-newest", "1");
        page.locator("#pick").press("Enter");
        assertThat(page.locator("#why")).containsText("/colors?from=elsewhere");
    }

    @Test
    void editorComesWhenOpenedAndMarksTheLineAtFault() {
        Page page = page(lab(STEPS.subList(0, 3)), "virtual-service");
        assertThat(loaded(page)).noneMatch(address -> address.contains("editor"));
        page.locator("#edit summary").click();
        Locator text = page.locator(".cm-content");
        assertThat(text).isVisible();
        assertThat(loaded(page)).anyMatch(address -> address.contains("editor"));

        String yaml = page.locator("#yaml").inputValue();
        text.locator(".cm-line", new Locator.LocatorOptions().setHasText("rewrite:")).click();
        page.keyboard().press("End");
        page.keyboard().press("ArrowLeft");
        page.keyboard().type("n");
        int line = yaml.substring(0, yaml.indexOf("    rewrite:")).split("\n", -1).length;
        assertThat(page.locator(".review [data-line]")).hasAttribute("data-line", String.valueOf(line));
        assertThat(page.locator(".review")).containsText("rewriten");
        assertThat(page.locator(".cm-lint-marker-error")).hasCount(1);
        page.locator(".review .line").click();
        assertThat(page.locator(".cm-activeLine")).hasText("    rewriten:");

        page.locator(".revert").click();
        assertThat(page.locator(".review")).containsText("Makes one new object.");
        assertThat(page.locator("#yaml")).hasValue(yaml);
    }

    @Test
    void editorCompletesFromTheClustersSchemas() {
        Page page = page(lab(STEPS.subList(0, 3)), "virtual-service");
        page.locator("#edit summary").click();
        page.locator(".cm-content").press("Control+End");
        page.keyboard().type("\n    timeo");
        page.locator(".cm-tooltip-autocomplete li", new Page.LocatorOptions().setHasText("timeout")).click();
        assertThat(page.locator("#yaml")).hasValue(Pattern.compile("timeout: $"));
    }

    @Test
    void objectsAreSeenWholeAndTheTreeFollowsTheLab() {
        NewLab lab = lab(STEPS.subList(0, 1));
        Page page = page(lab, "gateway");
        page.locator("#tab-cluster").click();
        assertThat(page.locator("#tree")).containsText("colors-v1");
        assertThat(page.locator("#tree")).not().containsText("my-gateway");
        labs.apply(lab.lab().id(), "gateway");
        assertThat(page.locator("#tree")).containsText("my-gateway");

        Locator pod = page.locator("#tree a", new Page.LocatorOptions().setHasText("Pod colors-v1-"));
        pod.click();
        assertThat(page.locator("#sheet")).containsText("kind: Pod");
        assertThat(page.locator("#sheet .events")).containsText("Started");
        page.keyboard().press("Escape");
        assertThat(page.locator("#sheet")).not().isVisible();
        assertThat(pod).isFocused();
    }

    @Test
    void singleKeysActUntilTheyAreSwitchedOff() {
        Page page = page(lab(), "services");
        page.keyboard().press("a");
        assertThat(page.locator("#apply-result")).containsText("Applied.");
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        page.locator("#keys-on").uncheck();
        page.keyboard().press("Escape");
        page.reload();
        assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
        page.keyboard().press("a");
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        assertThat(page.locator("#apply-result")).not().containsText("Applied.");
    }

    @Test
    void widthOfThePanesIsRemembered() {
        Page page = page(lab(), "services");
        double before = page.locator("article").boundingBox().width;
        page.locator("#divider").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        double after = page.locator("article").boundingBox().width;
        assertThat(after).isGreaterThan(before + 40);
        page.reload();
        assertThat(page.locator("article").boundingBox().width).isEqualTo(after);
    }

    @Test
    void predictionAnswersWhoeverCommits() {
        Page page = page(lab(), "gateway");
        Locator feedback = page.locator(".feedback p:visible");
        assertThat(feedback).hasCount(0);
        page.locator(".choice input").nth(2).check();
        assertThat(feedback).containsText("Not quite.");
        page.locator(".choice input").nth(1).check();
        assertThat(feedback).containsText("That is right.");
        assertThat(feedback).hasCount(1);
    }

    @Test
    void predictionIsKeptAndAnsweredByTheFigures() {
        NewLab lab = lab(STEPS.subList(0, 5));
        Page page = page(lab, "destination-rules");
        page.locator(".choice input").first().check();
        assertThat(page.locator(".seen")).isHidden();
        send(lab, 100);
        assertThat(page.locator(".seen")).hasText(Pattern.compile(
                "You said: “.+”. Your requests so far: v1 [\\d.]+.%, v2 [\\d.]+.%, v3 [\\d.]+.%."));
        page.reload();
        assertThat(page.locator(".seen")).isVisible();
    }

    @Test
    void clientsThatDifferByHeaderSpreadWhereTheHashIsOfIt() {
        NewLab lab = lab(STEPS.subList(0, 6));
        labs.applyManifest(lab.lab().id(), """
                                           apiVersion: networking.istio.io/v1
                                           kind: DestinationRule
                                           metadata: {name: colors}
                                           spec:
                                             host: colors
                                             trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-who}}}
                                           """);
        Page page = page(lab, "sticky");
        page.locator("#more summary").click();
        page.locator("select[name=clients]").selectOption("100");
        page.locator("select[name=by]").selectOption("HEADER");
        page.locator("input[name=called]").fill("x-who");
        assertThat(page.locator("#curl")).containsText("-H 'x-who: client-1'");
        page.locator("#generator .primary").click();
        assertThat(page.locator("#done")).containsText(Pattern.compile("v1 × \\d+.*v2 × \\d+.*v3 × \\d+"));
        page.locator("select[name=by]").selectOption("ADDRESS");
        page.locator("[name=header]").fill("x-who: jane");
        page.locator("#generator .primary").click();
        assertThat(page.locator("#done")).containsText(Pattern.compile("v\\d × 100"));
    }

    @Test
    void wholeCourseIsDoneByKeyboardAlone() {
        Page page = page();
        page.navigate("/");
        press(page, ".start .primary");
        page.waitForURL(Pattern.compile(".*/steps/welcome"));
        press(page, "#pager [rel=next]");
        for (String step : STEPS) {
            page.waitForURL(Pattern.compile(".*/steps/" + step));
            assertThat(page.locator("#connection")).hasAttribute("data-state", "live");
            press(page, "#apply-form button");
            assertThat(page.locator("#apply-result")).containsText("Applied.");
            if (!step.equals("gateway")) {
                press(page, "#generator .delete");
                assertThat(page.locator("#done")).containsText("The logs are empty");
                press(page, "#generator .primary[name=requests]");
                assertThat(page.locator("#done")).containsText("Sent 100");
                for (int i = 0; i < 2; i++) {
                    page.waitForResponse(answer -> answer.url().endsWith("/traffic"), () -> page.keyboard()
                            .press("Enter"));
                }
            }
            focus(page, "#check-form button");
            await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(() -> {
                page.waitForResponse(answer -> answer.url().endsWith("/check"), () -> page.keyboard().press("Enter"));
                return page.locator("#check-result").innerText().contains("All there");
            });
            assertThat(page.locator("#check-result")).containsText("All there");
            press(page, "#pager [rel=next]");
        }
        assertThat(page.getByText("7 of 7 passed", new Page.GetByTextOptions().setExact(true))).isVisible();
    }

    /** Goes to it with the Tab key alone, then presses Enter. */
    private static void press(Page page, String selector) {
        focus(page, selector);
        page.keyboard().press("Enter");
    }

    private static void focus(Page page, String selector) {
        for (int i = 0; i < 300; i++) {
            page.keyboard().press("Tab");
            if (Boolean.TRUE.equals(page.evaluate("s => document.activeElement.matches(s)", selector))) {
                return;
            }
        }
        throw new AssertionError("the Tab key never comes to " + selector);
    }

    private void apply(NewLab lab, String weights) {
        String routes = Pattern.compile("(v\\d): (\\d+)")
                .matcher(weights)
                .results()
                .map(match -> "    - destination: {host: colors, subset: "
                        + match.group(1) + "}\n      weight: " + match.group(2))
                .reduce((a, b) -> a + "\n" + b)
                .orElseThrow();
        labs.applyManifest(lab.lab().id(), """
                                           apiVersion: networking.istio.io/v1
                                           kind: VirtualService
                                           metadata: {name: colors}
                                           spec:
                                             hosts: ["*"]
                                             gateways: [my-gateway]
                                             http:
                                             - match: [{uri: {exact: /colors}}]
                                               rewrite: {uri: /}
                                               route:
                                           """ + routes);
    }

    /** How wide the interval of the first version is, in points. */
    private static double range(Page page) {
        Matcher range = RANGE.matcher(page.locator(".figure small").first().innerText());
        assertThat(range.find()).isTrue();
        return Double.parseDouble(range.group(2)) - Double.parseDouble(range.group(1));
    }

    private static double width(Page page, String from, String to) {
        return Double.parseDouble(page.locator("[data-from='" + from + "'][data-to='" + to + "']")
                .getAttribute("stroke-width"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> loaded(Page page) {
        return (List<String>) page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)");
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(15_000);
    }
}
