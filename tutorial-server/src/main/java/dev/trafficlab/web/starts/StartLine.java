package dev.trafficlab.web.starts;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

import dev.trafficlab.forwarded.IpLiteral;
import dev.trafficlab.limits.Limits;
import dev.trafficlab.limits.TooManyRequestsException;
import dev.trafficlab.web.cookies.OwnCookies;
import dev.trafficlab.web.cookies.SigningKey;

/**
 * Lets browsers start labs as fast as their address may, and gives those that come too many at once a place in line. The line is no
 * list: a place is a lab that the address may start later, taken now, so those who come first start first, and nothing need be kept of
 * who waits.
 */
@Component
public class StartLine {

    private static final String NAME = "traffic-lab-ticket";

    /** How long after its turn a ticket still counts. */
    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final int MINUTE_MILLIS = 60_000;

    private final Limits limits;
    private final VisitorCookie visitors;
    private final SigningKey key;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Boolean> used;

    @Autowired
    StartLine(Limits limits, VisitorCookie visitors, SigningKey key) {
        this(limits, visitors, key, InstantSource.system());
    }

    StartLine(Limits limits, VisitorCookie visitors, SigningKey key, InstantSource clock) {
        this.limits = limits;
        this.visitors = visitors;
        this.key = key;
        this.clock = clock;
        this.used = Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterWrite(longest().plus(GRACE).plus(GRACE))
                .build();
    }

    /**
     * Asks to start a lab of the course now.
     *
     * @return nothing where that may be, else the place in line, which the browser has been given
     * @throws TooManyRequestsException when the line is too long
     */
    public Optional<Ticket> ask(String course, HttpServletRequest request, HttpServletResponse response) {
        String address = IpLiteral.client(request.getRemoteAddr());
        if (!visitors.isVisitor(request)) {
            limits.newLabs().take(address, 1);
            return Optional.empty();
        }
        Optional<Ticket> waiting = ticket(request).filter(ticket -> ticket.course().equals(course));
        if (waiting.isPresent()) {
            return waiting; // pressed twice
        }
        Duration wait = limits.starts().reserve(address, longest());
        if (wait.isZero()) {
            return Optional.empty();
        }
        Ticket ticket = new Ticket(HexFormat.of().toHexDigits(random.nextLong()), course, clock.instant().plus(wait));
        OwnCookies.set(NAME, key.sign(NAME, ticket.text()), wait.plus(GRACE), request, response);
        return Optional.of(ticket);
    }

    /** The browser's place in line. */
    public Optional<Ticket> ticket(HttpServletRequest request) {
        return OwnCookies.read(NAME, request)
                .flatMap(value -> key.open(NAME, value))
                .flatMap(Ticket::parse)
                .filter(ticket -> clock.instant().isBefore(ticket.turn().plus(GRACE)))
                .filter(ticket -> used.getIfPresent(ticket.number()) == null);
    }

    /** How long the ticket still has to wait; nothing when it is its turn. */
    public Duration wait(Ticket ticket) {
        return ticket.wait(clock.instant());
    }

    /** How many from the same address are to start before it, and itself. */
    public long place(Ticket ticket) {
        long millis = wait(ticket).toMillis();
        return Math.max(1, (millis * limits.settings().startsPerMinute() + MINUTE_MILLIS - 1) / MINUTE_MILLIS);
    }

    /** Uses the ticket up; false when another request of the browser has done so. */
    public boolean use(Ticket ticket, HttpServletRequest request, HttpServletResponse response) {
        OwnCookies.remove(NAME, request, response);
        return used.asMap().putIfAbsent(ticket.number(), true) == null;
    }

    private Duration longest() {
        return Duration.ofSeconds(limits.settings().longestWait());
    }
}
