package dev.trafficlab.walk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a learner does and sees: presses what can be seen, by its words, and reads the panel. */
final class Learner {

    private static final Pattern FIGURE = Pattern.compile("([\\d.,]+)\\s*%\\s+([\\d.,]+) · .*");

    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Learner(Page page) {
        this.page = page;
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    Page page() {
        return page;
    }

    /** What the browser's console complained of, which ought to be nothing. */
    List<String> complaints() {
        return complaints;
    }

    void startLab() {
        button("Start my lab").first().click();
        assertThat(page.getByRole(AriaRole.NAVIGATION, name("Steps of the course"))).isVisible();
    }

    void apply() {
        button("Apply to my lab").click();
        assertThat(page.getByText("Applied.", new Page.GetByTextOptions().setExact(true))).isVisible();
    }

    /** Presses Check until all is there: pods take their time to get ready. */
    void passCheck() {
        await().pollInSameThread().atMost(Duration.ofSeconds(30)).until(this::checkPasses);
    }

    private boolean checkPasses() {
        page.waitForResponse(answer -> answer.url().endsWith("/check"), () -> button("Check my lab").click());
        return page.locator("#check-result b").first().innerText().startsWith("All there");
    }

    void next() {
        String before = page.url();
        page.getByRole(AriaRole.NAVIGATION, name("Previous and next page"))
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("^Next")))
                .click();
        page.waitForURL(url -> !url.equals(before));
    }

    /** Presses Send 100 so many times, and waits until the panel has counted that many more. */
    void sendHundred(int times) {
        for (int i = 1; i <= times; i++) {
            page.waitForResponse(answer -> answer.url().endsWith("/traffic") && answer.status() == 200,
                    () -> button("Send 100").click());
        }
    }

    void asClients(String words) {
        page.locator("select[name=clients]").selectOption(new SelectOption().setLabel(words));
    }

    void deleteLogs() {
        button("Delete Logs").click();
        assertThat(page.locator("#done")).containsText("The logs are empty");
        seesCounted("0");
    }

    void seesCounted(String count) {
        assertThat(page.locator("#picture .facts")).containsText(Pattern.compile("^" + count + " requests? counted"));
    }

    /** The observed share of each version in percent, as the panel's table shows it. */
    Map<String, Double> shares() {
        Map<String, Double> shares = new LinkedHashMap<>();
        Locator rows = page.getByRole(AriaRole.TABLE, name("Requests by version")).locator("tbody tr");
        for (Locator row : rows.all()) {
            String figure = row.locator("td").last().innerText().replace('\u00a0', ' ').replace('\n', ' ');
            Matcher matcher = FIGURE.matcher(figure);
            if (!matcher.matches()) {
                throw new AssertionError("the panel shows no share but: " + figure);
            }
            String version = row.locator("th b").innerText().replaceAll("[^\\w]", "");
            shares.put(version, Double.valueOf(matcher.group(1)));
        }
        return shares;
    }

    private Locator button(String words) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(words).setExact(true));
    }

    private static Page.GetByRoleOptions name(String words) {
        return new Page.GetByRoleOptions().setName(words);
    }
}
