package dev.trafficlab.web.cookies;

import java.util.List;
import java.util.Map;

import jakarta.servlet.http.Cookie;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.FlashMap;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SigningKeyTests {

    private final SigningKey key = new SigningKey(new byte[32]);

    @Test
    void whatWasSignedForAPurposeOpensForItAlone() {
        String signed = key.sign("ticket", "text; with=anything, é");

        assertThat(signed).matches("[A-Za-z0-9_.-]+");
        assertThat(key.open("ticket", signed)).contains("text; with=anything, é");
        assertThat(key.open("session", signed)).isEmpty();
        assertThat(new SigningKey("another key of thirty-two bytes.".getBytes(UTF_8)).open("ticket", signed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "x", "dGV4dA.", "dGV4dA.dGV4dA", "%%.%%"})
    void whatWasNotSignedDoesNotOpen(String forged) {
        assertThat(key.open("ticket", forged)).isEmpty();
    }

    @Test
    void aShortKeyIsRefusedWithAdvice() {
        assertThatThrownBy(() -> new SessionSettings("short")).hasMessageContaining("tutorial.session-key", "openssl");
    }

    @ParameterizedTest
    @CsvSource({"false, '', x, /", "false, /lab, x, /lab", "true, '', __Host-x, /", "true, /lab, __Secure-x, /lab"})
    void namesAndPathsOfCookiesFollowTheConnection(boolean secure, String root, String name, String path) {
        MockHttpServletRequest request = request(secure, root);

        assertThat(OwnCookies.name("x", request)).isEqualTo(name);
        assertThat(OwnCookies.path(request)).isEqualTo(path);
    }

    @Test
    void overHttpsACookieWithoutItsPrefixDoesNotCount() {
        MockHttpServletRequest request = request(true, "");
        request.setCookies(new Cookie("x", "planted"));

        assertThat(OwnCookies.read("x", request)).isEmpty();
    }

    @Test
    void whatARedirectTellsComesBackOnceAndFromAnyReplica() {
        FlashMap told = new FlashMap();
        told.put("done", Map.of("key", "classroom.done", "argument", 3));
        told.put("failed", List.of("lab-aaaaaaaaaa"));
        told.setTargetRequestPath("/instructor");
        told.startExpirationPeriod(60);
        MockHttpServletResponse redirect = new MockHttpServletResponse();
        new FlashCookie(key, JsonMapper.shared()).saveOutputFlashMap(told, request(false, ""), redirect);

        MockHttpServletRequest next = request(false, "");
        next.setRequestURI("/instructor");
        next.setCookies(redirect.getCookies());
        MockHttpServletResponse page = new MockHttpServletResponse();
        Map<String, Object> back = new FlashCookie(key, JsonMapper.shared()).retrieveAndUpdate(next, page);

        assertThat(back).containsEntry("failed", List.of("lab-aaaaaaaaaa"))
                .containsEntry("done", Map.of("key", "classroom.done", "argument", 3));
        assertThat(page.getCookies()).singleElement().satisfies(gone -> assertThat(gone.getMaxAge()).isZero());
        assertThat(next.getSession(false)).isNull();
    }

    private static MockHttpServletRequest request(boolean secure, String root) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSecure(secure);
        request.setContextPath(root);
        return request;
    }
}
