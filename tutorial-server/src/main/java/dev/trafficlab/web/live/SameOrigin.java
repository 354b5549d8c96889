package dev.trafficlab.web.live;

import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Opens sockets to this server's own pages alone. A refusal is one line of the log, as it mostly means that a proxy in front is not known:
 * the browser's origin is then not the address that this server believes to be asked at.
 */
@Component
class SameOrigin {

    private static final Logger log = LoggerFactory.getLogger(SameOrigin.class);
    private static final int LONGEST = 200;

    private final Cache<String, Boolean> told = Caffeine.newBuilder()
            .maximumSize(100)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    boolean admits(HttpServletRequest request) {
        ServletServerHttpRequest asked = new ServletServerHttpRequest(request);
        if (WebUtils.isSameOrigin(asked)) {
            return true;
        }
        String origin = printable(String.valueOf(asked.getHeaders().getOrigin()));
        String server = request.getScheme() + "://" + printable(String.valueOf(request.getHeader("Host")));
        if (told.estimatedSize() < 100 && told.asMap().putIfAbsent(origin + " " + server, true) == null) {
            log.atWarn()
                    .addKeyValue("origin", origin)
                    .addKeyValue("server", server)
                    .addKeyValue("peer", request.getRemoteAddr())
                    .log("live panel refused: a page of origin {} asked a server that takes itself for {}. If {} is your proxy,"
                            + " name it in tutorial.trusted-proxies and let it send X-Forwarded-Proto and X-Forwarded-Host",
                            origin, server, request.getRemoteAddr());
        }
        return false;
    }

    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("[^\\x21-\\x7e]", "?");
    }
}
