package dev.trafficlab.web.starts;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

import dev.trafficlab.web.cookies.OwnCookies;
import dev.trafficlab.web.cookies.SigningKey;

/** Tells browsers from programs: a signed number, which every page to start from hands out. */
@Component
class VisitorCookie implements HandlerInterceptor {

    private static final String NAME = "traffic-lab-visitor";
    private static final Duration LIFE = Duration.ofDays(1);

    private final SigningKey key;
    private final SecureRandom random = new SecureRandom();

    VisitorCookie(SigningKey key) {
        this.key = key;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!isVisitor(request)) {
            String number = HexFormat.of().toHexDigits(random.nextLong());
            OwnCookies.set(NAME, key.sign(NAME, number), LIFE, request, response);
        }
        return true;
    }

    /** Whether the request comes from a browser that has read a page of ours. */
    boolean isVisitor(HttpServletRequest request) {
        return OwnCookies.read(NAME, request).flatMap(value -> key.open(NAME, value)).isPresent();
    }
}
