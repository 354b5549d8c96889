package dev.trafficlab.web.api;

import java.util.Map;
import java.util.Objects;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.jspecify.annotations.Nullable;

import dev.trafficlab.traffic.LoadSpec;

/**
 * Requests to send.
 *
 * @param requests how many, 1 unless stated
 * @param path the path with query, {@code /} unless stated
 * @param clients how many different clients take turns, 1 unless stated
 * @param headers headers of every request; {@code Host} sets the authority
 * @param from outside unless stated
 */
record TrafficBody(@Min(1) @Max(LoadSpec.MOST) @Nullable Integer requests,
        @Pattern(regexp = TrafficBody.PATH, message = TrafficBody.PATH_MESSAGE) @Size(max = TrafficBody.LONGEST_PATH) @Nullable String path,
        @Min(1) @Max(LoadSpec.MOST) @Nullable Integer clients,
        @Size(max = 32) @Nullable Map<@Pattern(regexp = TrafficBody.NAME, message = "is no header name") String, @NotNull @Pattern(regexp = TrafficBody.VALUE, message = "must be plain text in one line") @Size(max = 4096) String> headers,
        @Nullable TrafficOrigin from) {

    static final String PATH = "/[\\x21-\\x22\\x24-\\x7e]*";
    static final String PATH_MESSAGE = "must begin with a slash and hold no space and no #";
    static final int LONGEST_PATH = 2048;
    static final String NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}";
    static final String VALUE = "[\\x20-\\x7e\\t]*";

    LoadSpec order() {
        return new LoadSpec(Objects.requireNonNullElse(requests, 1), Objects.requireNonNullElse(path, "/"),
                Objects.requireNonNullElse(clients, 1), Objects.requireNonNullElse(headers, Map.of()),
                Objects.requireNonNullElse(from, TrafficOrigin.OUTSIDE).from());
    }
}
