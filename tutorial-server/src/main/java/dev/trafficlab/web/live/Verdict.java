package dev.trafficlab.web.live;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Share;

/** The one sentence that says what a split means, before any figure does. */
sealed interface Verdict {

    /** Nothing was counted yet. */
    record NoRequests() implements Verdict {}

    /** All requests went to one version. */
    record OneVersion(Share share) implements Verdict {}

    /** Requests spread, and no weights say how they should. */
    record Unweighted(List<Share> shares) implements Verdict {}

    /** Too few requests to tell whether they follow the weights. */
    record TooFew(List<Share> shares) implements Verdict {}

    /** The counts are what the weights make likely. */
    record Fits(List<Share> shares) implements Verdict {}

    /** The counts are not. */
    record Misses(List<Share> shares, Share worst) implements Verdict {}

    /** The verdict on the split. */
    static Verdict on(Split split) {
        if (split.total() == 0) {
            return new NoRequests();
        }
        List<Share> wanted = split.colors().stream().filter(share -> share.weight().isPresent()).toList();
        Optional<Boolean> fits = split.fits();
        if (fits.isPresent()) {
            return fits.get() ? new Fits(wanted)
                    : new Misses(wanted, worst(wanted.isEmpty() ? split.colors() : wanted));
        }
        if (!wanted.isEmpty()) {
            return new TooFew(wanted);
        }
        List<Share> served = split.colors().stream().filter(share -> share.count() > 0).toList();
        return served.size() == 1 ? new OneVersion(served.getFirst()) : new Unweighted(served);
    }

    /** The share that lies furthest from its weight, measured against what chance explains. */
    private static Share worst(List<Share> shares) {
        return shares.stream().max(Comparator.comparingDouble(Verdict::surprise)).orElseThrow();
    }

    private static double surprise(Share share) {
        double width = Math.max(share.high() - share.low(), 0.1);
        return Math.abs(share.percent() - share.weight().orElse(0)) / width;
    }
}
