package dev.trafficlab.traffic;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The tally as percentages, with the wanted weights beside it.
 *
 * @param total requests counted since the logs were last deleted
 * @param colors one entry a version, in the order of versions; a wanted version is listed even when it got nothing
 * @param fits whether a chi-square test finds the counts to fit the wanted weights (p ≥ 0.001); empty while there is nothing to
 *     judge (no weights wanted, or too few requests)
 * @param p that test's p-value
 */
public record Split(long total, List<Share> colors, Optional<Boolean> fits, OptionalDouble p) {

    public Split {
        colors = List.copyOf(colors);
    }

    /**
     * One version's share.
     *
     * @param color as the app reports it
     * @param version the version label of the pods of that colour, empty when unknown
     * @param count requests counted
     * @param percent 0 to 100
     * @param low lower end of the 95 % Wilson interval, in percent
     * @param high upper end
     * @param weight the wanted share in percent, when the routes name one
     */
    public record Share(String color, String version, long count, double percent, double low, double high,
            OptionalInt weight) {}
}
