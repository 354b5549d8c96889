package dev.trafficlab.web.page.traffic;

import java.util.HashMap;
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
 * @param header headers of every request, {@code name: value}, each on a line of its own
 */
record TrafficForm(@Min(1) @Max(10_000) int requests, @NotNull @Pattern(regexp = "/.*") @Size(max = 2048) String path,
        @Min(1) @Max(1_000) int clients, LoadSpec.@NotNull From from, @NotNull String step,
        @Min(1) @Max(50) int rate, ClientIdentity.@Nullable By by,
        @Pattern(regexp = "|" + TrafficForm.NAME) @Nullable String called,
        @Pattern(regexp = "|" + TrafficForm.LINE + "(\\r?\\n(" + TrafficForm.LINE
                + ")?)*") @Size(max = 1024) @Nullable String header) {

    private static final String NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}";
    private static final String LINE = NAME + ":[\\x20-\\x7e]*";
    private static final String USUAL_NAME = "user";

    LoadSpec order() {
        return new LoadSpec(requests, path, clients, headers(), from, identity());
    }

    private Map<String, String> headers() {
        if (header == null) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>();
        header.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> headers.put(line.substring(0, line.indexOf(':')).strip(), line.substring(line.indexOf(
                        ':') + 1).strip()));
        return headers;
    }

    private ClientIdentity identity() {
        if (by == null || by == ClientIdentity.By.ADDRESS) {
            return ClientIdentity.ADDRESS;
        }
        return new ClientIdentity(by, called == null || called.isBlank() ? USUAL_NAME : called);
    }
}
