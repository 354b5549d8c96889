package dev.trafficlab.embedded.api.table;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HumanDurationTests {

    @ParameterizedTest
    @CsvSource({"PT-5S,<invalid>", "PT-1S,0s", "PT0S,0s", "PT119S,119s", "PT2M,2m", "PT2M5S,2m5s", "PT9M59S,9m59s",
        "PT10M30S,10m", "PT2H59M,179m", "PT3H,3h", "PT7H30M,7h30m", "PT8H30M,8h", "PT47H,47h", "PT49H,2d1h", "P8D,8d",
        "P400D,400d", "P800D,2y70d", "P3000D,8y"})
    void readsAsKubectlPrintsIt(Duration duration, String printed) {
        assertThat(HumanDuration.of(duration)).isEqualTo(printed);
    }

    @Test
    void anObjectWithoutTimestampHasAnUnknownAge() {
        assertThat(HumanDuration.since("", Instant.EPOCH)).isEqualTo("<unknown>");
        assertThat(HumanDuration.since("yesterday", Instant.EPOCH)).isEqualTo("<unknown>");
    }
}
