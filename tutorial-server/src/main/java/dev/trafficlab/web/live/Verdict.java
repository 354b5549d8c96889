package dev.trafficlab.web.live;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.LiveSnapshot.Sent;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Failure;
import dev.trafficlab.traffic.Split.Share;

/**
 * The one sentence that says what a split means, before any figure does: failures first, then whether anything counts, then whether
 * there is enough to judge, and only then whether the split fits.
 */
sealed interface Verdict {

    /** How many failures in a row outweigh what was counted before. */
    int NEWEST = 10;

    /** Fewer failures than one in so many requests are not the news. */
    int RARE = 20;

    /** How many requests in a row to one version are no chance any more: with three versions, one in a billion. */
    int STICKY = 20;

    /** No pod of the app runs. */
    record NothingRuns() implements Verdict {}

    /** Nothing was counted yet. */
    record NoRequests() implements Verdict {}

    /** Requests were sent, but none since the lab changed. */
    record NoneSinceChange() implements Verdict {}

    /** Requests were answered well, but none of them by a version. */
    record Elsewhere() implements Verdict {}

    /** Versions answered, but the app that counts is gone. */
    record NotCounted(String tally) implements Verdict {}

    /** Requests fail. */
    record Failing(Failure failure, long requests) implements Verdict {}

    /** All requests fail, and as the step wants it. */
    record AsWanted(Failure failure) implements Verdict {}

    /** All requests went to one version. */
    record OneVersion(Share share) implements Verdict {}

    /** All of the newest requests went to one version, whatever was counted before. */
    record Lately(String version) implements Verdict {}

    /** Requests spread, and no weights say how they should. */
    record Unweighted(List<Share> shares) implements Verdict {}

    /** Too few requests to tell whether they follow the weights. */
    record TooFew(List<Share> shares, long missing) implements Verdict {}

    /** The counts are what the weights make likely. */
    record Fits(List<Share> shares) implements Verdict {}

    /** The counts are not. */
    record Misses(List<Share> shares, Share worst) implements Verdict {}

    /**
     * The verdict on what the panel shows.
     *
     * @param expected the status that the step's requests should get
     */
    static Verdict on(LiveSnapshot picture, int expected) {
        Split split = picture.split();
        List<Sent> counted = picture.recent().stream().filter(sent -> sent.number() > picture.since()).toList();
        Optional<Verdict> failing = failing(split.seen(), counted, expected);
        if (failing.isPresent()) {
            return failing.get();
        }
        if (!split.seen().tallyGone().isEmpty()) {
            return new NotCounted(split.seen().tallyGone());
        }
        if (split.total() == 0) {
            return empty(picture, counted);
        }
        Verdict verdict = on(split);
        return verdict instanceof Unweighted ? lately(counted).orElse(verdict) : verdict;
    }

    private static Verdict empty(LiveSnapshot picture, List<Sent> counted) {
        if (!counted.isEmpty()) {
            return new Elsewhere();
        }
        if (!picture.split().seen().running()) {
            return new NothingRuns();
        }
        return picture.recent().isEmpty() ? new NoRequests() : new NoneSinceChange();
    }

    /** A few failures among many requests are told by the figures; many, or all of the newest, are the news. */
    private static Optional<Verdict> failing(Split.Seen seen, List<Sent> counted, int expected) {
        List<Sent> newest = counted.stream().limit(NEWEST).toList();
        boolean lately = !newest.isEmpty() && newest.stream().allMatch(Sent::failed);
        if (seen.failures().isEmpty() || !lately && seen.failed() * RARE < seen.requests()) {
            return Optional.empty();
        }
        Failure failure = lately ? seen.failures()
                .stream()
                .filter(one -> one.status() == newest.getFirst().status())
                .findFirst()
                .orElse(seen.failures().getFirst()) : seen.failures().getFirst();
        boolean wanted = failure.status() == expected && failure.count() == seen.requests();
        if (!wanted && failure.status() == 0 && !seen.running()) {
            return Optional.of(new NothingRuns());
        }
        return Optional.of(wanted ? new AsWanted(failure) : new Failing(failure, seen.requests()));
    }

    /** Without weights, a client that sticks to one version is the news, not the older counts. */
    private static Optional<Verdict> lately(List<Sent> counted) {
        List<String> versions = counted.stream().limit(STICKY).map(Sent::version).distinct().toList();
        boolean one = counted.size() >= STICKY && versions.size() == 1 && !versions.getFirst().isEmpty();
        return one ? Optional.of(new Lately(versions.getFirst())) : Optional.empty();
    }

    private static Verdict on(Split split) {
        List<Share> wanted = split.shares().stream().filter(share -> share.weight().isPresent()).toList();
        Optional<Boolean> fits = split.fits();
        if (fits.isPresent()) {
            return fits.get() ? new Fits(wanted)
                    : new Misses(wanted, worst(wanted.isEmpty() ? split.shares() : wanted));
        }
        if (!wanted.isEmpty()) {
            return new TooFew(wanted, split.missing());
        }
        List<Share> served = split.shares().stream().filter(share -> share.count() > 0).toList();
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
