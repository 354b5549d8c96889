package dev.trafficlab.demo;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuthorityTests {

    @ParameterizedTest
    @ValueSource(strings = {"logger-backend", "logger-backend:3000", "logger-backend.shop.svc.cluster.local:80",
        "10.1.2.3:3000"})
    void hostWithOrWithoutPortIsTaken(String value) throws Exception {
        assertThat(Authority.of(environment(value), "LOG_BACKEND", "other")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://logger-backend", "logger-backend/", "a b", "host:", "host:0", "user@host", ":80"})
    void anythingElseIsRefusedWithWhatToWrite(String value) {
        assertThatThrownBy(() -> Authority.of(environment(value), "LOG_BACKEND", "logger-backend:3000"))
                .isInstanceOf(InvalidEnvironmentException.class)
                .hasMessageContaining("LOG_BACKEND")
                .hasMessageContaining(value)
                .hasMessageContaining("logger-backend:3000");
    }

    @Test
    void unsetMeansTheDefault() throws Exception {
        assertThat(Authority.of(environment(""), "LOG_BACKEND", "logger-backend:3000"))
                .isEqualTo("logger-backend:3000");
    }

    private static AppEnvironment environment(String backend) {
        return new AppEnvironment(Map.of("LOG_BACKEND", backend), "here", (authority, request) -> {
            throw new AssertionError("nothing is called");
        }, line -> {});
    }
}
