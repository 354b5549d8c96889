package dev.trafficlab.web.live;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.LiveSnapshot.Sent;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Share;

/** The one sentence that says what a split means, before any figure does. */
sealed interface Verdict {

    /** How many failures in a row outweigh what was counted before. */
    int NEWEST = 10;

    /** How many requests in a row to one version are no chance any more: with three versions, one in a billion. */
    int STICKY = 20;

    /** Nothing was counted yet. */
    record NoRequests() implements Verdict {}

    /** Requests were answered well, but none of them by a version. */
    record Elsewhere() implements Verdict {}

    /** The newest requests all failed. */
    record Failing(int status) implements Verdict {}

    /** All requests went to one version. */
    record OneVersion(Share share) implements Verdict {}

    /** All of the newest requests went to one version, whatever was counted before. */
    record Lately(String version) implements Verdict {}

    /** Requests spread, and no weights say how they should. */
    record Unweighted(List<Share> shares) implements Verdict {}

    /** Too few requests to tell whether they follow the weights. */
    record TooFew(List<Share> shares) implements Verdict {}

    /** The counts are what the weights make likely. */
    record Fits(List<Share> shares) implements Verdict {}

    /** The counts are not. */
    record Misses(List<Share> shares, Share worst) implements Verdict {}

    /** The verdict on what the panel shows. */
    static Verdict on(LiveSnapshot picture) {
        List<Sent> newest = picture.recent().stream().limit(NEWEST).toList();
        if (!newest.isEmpty() && newest.stream().allMatch(Sent::failed)) {
            return new Failing(newest.getFirst().status());
        }
        if (picture.split().total() == 0) {
            return newest.isEmpty() ? new NoRequests() : new Elsewhere();
        }
        Verdict verdict = on(picture.split());
        return verdict instanceof Unweighted ? lately(picture).orElse(verdict) : verdict;
    }

    /** Without weights, a client that sticks to one version is the news, not the older counts. */
    private static Optional<Verdict> lately(LiveSnapshot picture) {
        List<String> versions = picture.recent().stream().limit(STICKY).map(Sent::version).distinct().toList();
        boolean one = picture.recent().size() >= STICKY && versions.size() == 1 && !versions.getFirst().isEmpty();
        return one ? Optional.of(new Lately(versions.getFirst())) : Optional.empty();
    }

    private static Verdict on(Split split) {
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
