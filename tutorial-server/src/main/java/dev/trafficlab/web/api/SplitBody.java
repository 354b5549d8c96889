package dev.trafficlab.web.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import com.fasterxml.jackson.annotation.JsonInclude;

import dev.trafficlab.traffic.Split;

/**
 * The split as the API shows it, figures rounded to a hundredth.
 *
 * @param fits whether the counts fit the wanted weights; null while there is nothing to judge
 * @param p the p-value of the test behind it
 */
record SplitBody(long total, List<ColorBody> colors, Optional<Boolean> fits,
        @JsonInclude(JsonInclude.Include.NON_ABSENT) OptionalDouble p) {

    static SplitBody of(Split split) {
        return new SplitBody(split.total(), split.colors().stream().map(ColorBody::of).toList(), split.fits(), split
                .p());
    }

    /**
     * One colour's share.
     *
     * @param low lower end of the 95 % interval, in percent
     * @param high upper end
     * @param weight the wanted share in percent, when the routes name one
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ColorBody(String color, String version, long count, double percent, double low, double high,
            OptionalInt weight) {

        static ColorBody of(Split.Share share) {
            return new ColorBody(share.color(), share.version(), share.count(), rounded(share.percent()), rounded(share
                    .low()),
                    rounded(share.high()), share.weight());
        }

        private static double rounded(double percent) {
            return Math.round(percent * 100) / 100.0;
        }
    }
}
