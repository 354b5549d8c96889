package dev.trafficlab.web.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

import dev.trafficlab.traffic.Split;

/**
 * The split as the API shows it, figures rounded to a hundredth.
 *
 * @param fits whether the counts fit the wanted weights; null while there is nothing to judge
 * @param p how likely counts as odd as these are where the wanted shares hold
 */
record SplitBody(long total, @JsonProperty(SplitBody.SHARES) List<ShareBody> shares, Optional<Boolean> fits,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble p) {

    /** The name that the contract has for them. */
    static final String SHARES = "colors";

    static SplitBody of(Split split) {
        return new SplitBody(split.total(), split.shares().stream().map(ShareBody::of).toList(), split.fits(), split
                .p());
    }

    /**
     * One version's share.
     *
     * @param low lower end of the shares that these counts fit, in percent
     * @param high upper end
     * @param weight the wanted share in percent, when the routes name one
     * @param copies mirrored requests that it got besides
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ShareBody(String color, String version, long count, double percent, double low, double high,
            OptionalInt weight, @JsonInclude(JsonInclude.Include.NON_DEFAULT) long copies) {

        static ShareBody of(Split.Share share) {
            return new ShareBody(share.color(), share.version(), share.count(), rounded(share.percent()), rounded(share
                    .low()),
                    rounded(share.high()), share.weight(), share
                            .copies());
        }

        private static double rounded(double percent) {
            return Math.round(percent * 100) / 100.0;
        }
    }
}
