package dev.trafficlab.web.cookies;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DeferredCsrfToken;

/** Keeps the CSRF token in a cookie that is named as {@link OwnCookies} are, and that scripts can read. */
public final class CsrfCookies implements CsrfTokenRepository {

    /** The cookie's plain name. */
    public static final String NAME = "XSRF-TOKEN";

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return cookie(request).generateToken(request);
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        cookie(request).saveToken(token, request, response);
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        return cookie(request).loadToken(request);
    }

    @Override
    public DeferredCsrfToken loadDeferredToken(HttpServletRequest request, HttpServletResponse response) {
        return cookie(request).loadDeferredToken(request, response);
    }

    private static CookieCsrfTokenRepository cookie(HttpServletRequest request) {
        CookieCsrfTokenRepository repository = CookieCsrfTokenRepository.withHttpOnlyFalse();
        repository.setCookieName(OwnCookies.name(NAME, request));
        repository.setCookiePath(OwnCookies.path(request));
        repository.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return repository;
    }
}
