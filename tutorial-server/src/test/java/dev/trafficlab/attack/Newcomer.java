package dev.trafficlab.attack;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without scripts: it opens the first page, presses Start, and follows where that leads, the waiting room included. */
final class Newcomer {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern LAB = Pattern.compile(".*/labs/(lab-[a-z2-7]{10})/steps/.*");

    private final AttackServer server;
    private final List<String> cookies = new ArrayList<>();
    private String csrf = "";

    Newcomer(AttackServer server) {
        this.server = server;
    }

    /** Opens the first page, as it must be done before Start can be pressed. */
    Newcomer reads() {
        HttpResponse<String> page = keep(server.send("GET", "/", ""));
        Matcher token = TOKEN.matcher(page.body());
        if (!token.find()) {
            throw new AssertionError("no form on the first page: " + page.statusCode());
        }
        csrf = token.group(1);
        return this;
    }

    /** Presses Start; where the answer leads. */
    Step starts() {
        return step(server.send("POST", "/labs", "course=traffic-weighting&_csrf=" + csrf, "Content-Type",
                "application/x-www-form-urlencoded", "Cookie", cookies()));
    }

    /** What the page that waits does by itself when its Refresh is due. */
    Step looksAgain() {
        return step(server.send("GET", "/start", "", "Cookie", cookies()));
    }

    private Step step(HttpResponse<String> answer) {
        keep(answer);
        String location = answer.headers().firstValue("Location").orElse("");
        Matcher lab = LAB.matcher(location);
        String refresh = answer.headers().firstValue("Refresh").orElse("");
        return new Step(answer.statusCode(), lab.matches() ? lab.group(1) : "", location, refresh, answer.body());
    }

    private HttpResponse<String> keep(HttpResponse<String> answer) {
        for (String cookie : answer.headers().allValues("Set-Cookie")) {
            String pair = cookie.substring(0, cookie.indexOf(';'));
            String name = pair.substring(0, pair.indexOf('=') + 1);
            cookies.removeIf(old -> old.startsWith(name));
            if (!pair.equals(name)) {
                cookies.add(pair);
            }
        }
        return answer;
    }

    private String cookies() {
        return cookies.stream().collect(Collectors.joining("; "));
    }

    /**
     * Where a press of Start leads.
     *
     * @param lab the lab that was started, empty while there is none
     * @param refresh the seconds after which the page looks again, empty where it does not
     */
    record Step(int status, String lab, String location, String refresh, String body) {}
}
