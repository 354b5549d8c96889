package dev.trafficlab.web.page;

import java.util.Map;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.traffic.ClientIdentity;
import dev.trafficlab.traffic.LoadSpec;

/**
 * What the generator's form says.
 *
 * @param step the step it stands beside, to return to
 * @param rate requests a second, for traffic that goes on
 * @param by what tells clients apart, their addresses unless stated
 * @param called the name of the header or cookie that does
 * @param header a header of every request, {@code name: value}
 */
record TrafficForm(@Min(1) @Max(10_000) int requests, @NotNull @Pattern(regexp = "/.*") @Size(max = 2048) String path,
        @Min(1) @Max(1_000) int clients, LoadSpec.@NotNull From from, @NotNull String step,
        @Min(1) @Max(50) int rate, ClientIdentity.@Nullable By by,
        @Pattern(regexp = "|" + TrafficForm.NAME) @Nullable String called,
        @Pattern(regexp = "|" + TrafficForm.NAME + ":[\\x20-\\x7e]*") @Size(max = 1024) @Nullable String header) {

    private static final String NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}";
    private static final String USUAL_NAME = "user";

    LoadSpec order() {
        return new LoadSpec(requests, path, clients, headers(), from, identity());
    }

    private Map<String, String> headers() {
        if (header == null || header.isBlank()) {
            return Map.of();
        }
        int colon = header.indexOf(':');
        return Map.of(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }

    private ClientIdentity identity() {
        if (by == null || by == ClientIdentity.By.ADDRESS) {
            return ClientIdentity.ADDRESS;
        }
        return new ClientIdentity(by, called == null || called.isBlank() ? USUAL_NAME : called);
    }
}
