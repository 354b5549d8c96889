package dev.trafficlab.web.security;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.WebUtils;

/**
 * Requests to the JSON API that no foreign page can have made a browser send with somebody's rights: those that show a bearer token,
 * those without any cookie, and those with a password unless a browser says that another site is behind them.
 */
final class CsrfExemption implements RequestMatcher {

    private static final String BASIC = "basic";

    @Override
    public boolean matches(HttpServletRequest request) {
        if (LearnerAccess.bearer(request).isPresent()) {
            return true;
        }
        if (isBasic(request)) {
            return !isCrossSite(request);
        }
        return request.getHeader(HttpHeaders.COOKIE) == null;
    }

    /** Whatever Spring Security takes for a password, which is more than RFC 9110 allows. */
    private static boolean isBasic(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.strip().regionMatches(true, 0, BASIC, 0, BASIC.length());
    }

    /** Browsers send a remembered password along whoever made the page. */
    private static boolean isCrossSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !WebUtils.isSameOrigin(new ServletServerHttpRequest(request));
    }
}
