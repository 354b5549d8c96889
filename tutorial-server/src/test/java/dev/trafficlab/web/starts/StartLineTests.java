package dev.trafficlab.web.starts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import dev.trafficlab.limits.Limits;
import dev.trafficlab.limits.TooManyRequestsException;
import dev.trafficlab.web.cookies.SigningKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StartLineTests {

    private static final Instant MORNING = Instant.parse("2030-01-01T08:00:00Z");

    private final SigningKey key = new SigningKey(new byte[32]);
    private final VisitorCookie visitors = new VisitorCookie(key);
    private Instant now = MORNING;
    private final InstantSource clock = () -> now;
    private final StartLine line = line();

    @Test
    void afterTheBurstABrowserWaitsForItsTurnAndStartsOnce() {
        for (int i = 0; i < 300; i++) {
            assertThat(ask(browser())).isEmpty();
        }
        MockHttpServletRequest late = browser();
        MockHttpServletResponse answer = new MockHttpServletResponse();
        Ticket ticket = line.ask("weights", late, answer).orElseThrow();
        late.setCookies(late.getCookies()[0], answer.getCookies()[0]);

        assertThat(line.place(ticket)).isEqualTo(1);
        assertThat(line.ask("weights", late, answer)).as("pressed again").contains(ticket);
        assertThat(line.wait(ticket)).isPositive();
        now = now.plusSeconds(2);
        assertThat(line.wait(line.ticket(late).orElseThrow())).isZero();
        assertThat(line().ticket(late)).as("at another replica").contains(ticket);
        assertThat(line.use(ticket, late, answer)).isTrue();
        assertThat(line.use(ticket, late, answer)).isFalse();
        assertThat(line.ticket(late)).isEmpty();
    }

    @Test
    void aTicketThatWasNotUsedInTimeIsOfNoUse() {
        MockHttpServletRequest browser = browser();
        browser.setCookies(new Cookie("traffic-lab-ticket", key.sign("traffic-lab-ticket", new Ticket(
                "0123456789abcdef", "weights", MORNING).text())));

        assertThat(line.ticket(browser)).isPresent();
        now = now.plus(Duration.ofMinutes(6));
        assertThat(line.ticket(browser)).isEmpty();
    }

    @Test
    void aProgramWithoutTheCookieHasLessRoomAndNoLine() {
        for (int i = 0; i < 60; i++) {
            assertThat(ask(new MockHttpServletRequest())).isEmpty();
        }
        MockHttpServletRequest forged = new MockHttpServletRequest();
        forged.setCookies(new Cookie("traffic-lab-visitor", "MTIz.MTIz"));

        assertThatThrownBy(() -> ask(forged)).isInstanceOf(TooManyRequestsException.class);
    }

    private StartLine line() {
        return new StartLine(new Limits(true), visitors, key, clock);
    }

    private Optional<Ticket> ask(MockHttpServletRequest request) {
        return line.ask("weights", request, new MockHttpServletResponse());
    }

    /** A browser that has read a page. */
    private MockHttpServletRequest browser() {
        MockHttpServletResponse page = new MockHttpServletResponse();
        visitors.preHandle(new MockHttpServletRequest(), page, "handler");
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setCookies(page.getCookies());
        return request;
    }
}
