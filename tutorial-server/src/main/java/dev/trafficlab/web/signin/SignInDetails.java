package dev.trafficlab.web.signin;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;

import dev.trafficlab.forwarded.IpLiteral;

/**
 * Where an attempt to sign in comes from.
 *
 * @param source what attempts are counted by: the browser, where the instructor has signed in with it before, or else the address
 */
public record SignInDetails(String source) {

    static SignInDetails of(HttpServletRequest request, Optional<String> knownBrowser) {
        return new SignInDetails(knownBrowser.orElseGet(() -> IpLiteral.client(request.getRemoteAddr())));
    }
}
