package dev.trafficlab.web.security;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Requests to the JSON API that no foreign page can have made a browser send with somebody's rights: those that show a bearer token,
 * those without any cookie, and those with a password unless a browser says that another site is behind them.
 */
final class CsrfExemption implements RequestMatcher {

    @Override
    public boolean matches(HttpServletRequest request) {
        if (LearnerAccess.bearer(request).isPresent()) {
            return true;
        }
        if (SignInLimit.isBasic(request)) {
            return !isCrossSite(request);
        }
        return request.getHeader(HttpHeaders.COOKIE) == null;
    }

    /** Browsers send a remembered password along whoever made the page. */
    private static boolean isCrossSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && !origin.equals(request.getScheme() + "://" + request.getHeader(HttpHeaders.HOST));
    }
}
