package dev.trafficlab.web.page;

import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import dev.trafficlab.traffic.TrafficOrder;

/**
 * What the generator's form says.
 *
 * @param step the step it stands beside, to return to
 * @param rate requests a second, for traffic that goes on
 */
record TrafficForm(@Min(1) @Max(10_000) int requests, @NotNull @Pattern(regexp = "/.*") @Size(max = 2048) String path,
        @Min(1) @Max(1_000) int clients, TrafficOrder.@NotNull From from, @NotNull String step,
        @Min(1) @Max(50) int rate) {

    TrafficOrder order() {
        return new TrafficOrder(requests, path, clients, Map.of(), from);
    }
}
