package dev.trafficlab.traffic.tally;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TallyTests {

    @Test
    void countsAreReadByColor() {
        assertThat(Tally.parse("{\"crimson\": 12, \"indigo\": 3}")).isEqualTo(Map.of("crimson", 12L, "indigo", 3L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "<html>", "{\"red\": \"many\"}", "{\"red\": -1}", "{\"red\": 1e99}",
        "{\"red\": {}}", "null", "{"})
    void whateverIsNoCountIsLeftOut(String json) {
        assertThat(Tally.parse(json)).isEmpty();
    }
}
