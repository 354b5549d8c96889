package dev.trafficlab.web.signin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Reads HTTP Basic in every spelling that a client may use, so that each try is looked at, and counted, as the password it is. Spring's
 * own reading refuses some before anything counts them.
 */
public final class BasicCredentials implements AuthenticationConverter {

    private static final Pattern BASIC = Pattern.compile("(?i)\\s*+basic\\s*+(\\S*+)\\s*+");

    private final SignInCookie signIn;

    private BasicCredentials(SignInCookie signIn) {
        this.signIn = signIn;
    }

    /** Lets the filter read credentials like this. */
    public static ObjectPostProcessor<BasicAuthenticationFilter> reading(SignInCookie signIn) {
        return new ObjectPostProcessor<>() {
            @Override
            public <T extends BasicAuthenticationFilter> T postProcess(T filter) {
                filter.setAuthenticationConverter(new BasicCredentials(signIn));
                return filter;
            }
        };
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        Matcher basic = BASIC.matcher(header == null ? "" : header);
        if (!basic.matches()) {
            return null;
        }
        String pair = decoded(basic.group(1));
        int colon = pair.indexOf(':');
        var attempt = UsernamePasswordAuthenticationToken.unauthenticated(colon < 0 ? pair : pair.substring(0, colon),
                colon < 0 ? "" : pair.substring(colon + 1));
        attempt.setDetails(signIn.buildDetails(request));
        return attempt;
    }

    /** What is no Base64 is a wrong password like any other. */
    private static String decoded(String token) {
        try {
            return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
