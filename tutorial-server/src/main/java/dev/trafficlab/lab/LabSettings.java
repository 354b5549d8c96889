package dev.trafficlab.lab;

import java.time.Duration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;

import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many labs there may be and how long an idle one is kept.
 *
 * @param maxLabs labs at a time, unless limits are off
 * @param idleAfter a lab whose learner has been away for so long is removed
 * @param limits whether limits hold at all
 */
@ConfigurationProperties("tutorial")
@Validated
record LabSettings(@DefaultValue("10000") @Min(value = 1, message = "must be at least 1") int maxLabs,
        @DefaultValue("24h") @DurationMin(minutes = 1, message = "must be at least one minute, e.g. 24h") Duration idleAfter,
        @DefaultValue @Valid Limits limits) {

    /** Off for load runs. */
    record Limits(@DefaultValue("true") boolean enabled) {}

    /** The cap that holds. */
    int cap() {
        return limits.enabled() ? maxLabs : Integer.MAX_VALUE;
    }
}
