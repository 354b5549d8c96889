package dev.trafficlab.traffic;

/**
 * Where a share lies with 95 % confidence, as fractions.
 *
 * @param low lower end, 0 to 1
 * @param high upper end, 0 to 1
 */
record Interval(double low, double high) {

    private static final double Z = 1.959963984540054;

    /** Wilson's score interval: unlike the plain one it stays within 0 and 1, and means something for a handful of requests. */
    static Interval wilson(long count, long total) {
        if (total == 0) {
            return new Interval(0, 1);
        }
        double share = (double) count / total;
        double z2 = Z * Z / total;
        double center = share + z2 / 2;
        double reach = Z * Math.sqrt((share * (1 - share) + z2 / 4) / total);
        return new Interval(Math.max(0, (center - reach) / (1 + z2)), Math.min(1, (center + reach) / (1 + z2)));
    }
}
