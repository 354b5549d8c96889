package dev.trafficlab.web.security;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.trafficlab.lab.NewLab;
import dev.trafficlab.limits.Limits;
import dev.trafficlab.web.security.LearnerAccess.Verdict;
import dev.trafficlab.web.testing.FakeLabs;

import static org.assertj.core.api.Assertions.assertThat;

class LearnerAccessTests {

    private final FakeLabs labs = new FakeLabs();
    private final LearnerAccess access = new LearnerAccess(labs, new Limits(true));
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void bearerTokenCountsAndCookiesThenDoNot() {
        request.setCookies(new Cookie(FakeLabs.LAB, FakeLabs.TOKEN));
        request.addHeader("Authorization", "Bearer wrong");

        assertThat(access.judge(FakeLabs.LAB, request)).isEqualTo(Verdict.WRONG_SECRET);
    }

    @Test
    void newLabsCookieIsForTheBrowserAloneAndStaleOnesGo() {
        request.setCookies(new Cookie("lab-gone", "lab-gone.secret"), new Cookie(FakeLabs.LAB, FakeLabs.TOKEN),
                new Cookie("theme", "dark"));
        var response = new MockHttpServletResponse();
        NewLab made = labs.create("traffic-weighting");

        access.welcome(made, request, response);

        assertThat(response.getHeaders("Set-Cookie")).satisfiesExactly(stale -> assertThat(stale).startsWith(
                "lab-gone=;").contains("Max-Age=0"),
                fresh -> assertThat(fresh).startsWith(made.lab().id() + "=" + made.token() + ";")
                        .contains("Path=/",
                                "HttpOnly", "SameSite=Lax"));
    }

    @Test
    void labsAreThoseWhoseCookiesOpenThem() {
        request.setCookies(new Cookie("lab-gone", "lab-gone.secret"), new Cookie(FakeLabs.LAB, FakeLabs.TOKEN),
                new Cookie("theme", "dark"));

        assertThat(access.labs(request)).containsExactly(FakeLabs.LAB);
    }
}
