package dev.trafficlab.traffic.tally;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trafficlab.course.Experiment;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.traffic.GoodnessOfFit;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Seen;
import dev.trafficlab.traffic.Split.Share;
import dev.trafficlab.traffic.tally.VersionCatalog.Version;

/** Puts what was counted within a window beside what the routes of these requests ask for. For one split. */
public final class SplitMaker {

    private static final Pattern NUMBERED = Pattern.compile("(\\D*)(\\d{1,9})(.*)");

    private final Experiment experiment;
    private final VersionCatalog catalog;
    private final RequestWindow window;
    private final Optional<Map<String, Long>> tally;
    private final Supplier<List<RoutePlan>> usual;
    private final Map<String, Long> own;

    private SplitMaker(Experiment experiment, VersionCatalog catalog, RequestWindow window,
            Optional<Map<String, Long>> tally, Supplier<List<RoutePlan>> usual) {
        this.experiment = experiment;
        this.catalog = catalog;
        this.window = window;
        this.tally = tally;
        this.usual = usual;
        this.own = own(window, catalog);
    }

    /**
     * The split of what was recorded since its window opened.
     *
     * @param tally what the lab's tally says, where the experiment has one and it answers
     * @param usual plans of the requests that the course usually sends, used where none were seen
     */
    public static Split of(Recorder recorder, Experiment experiment, VersionCatalog catalog,
            Optional<Map<String, Long>> tally, Supplier<List<RoutePlan>> usual) {
        return new SplitMaker(experiment, catalog, recorder.window(), tally, usual).split();
    }

    private Split split() {
        boolean copied = window.plans().stream().anyMatch(counts -> Expectation.copies(counts.plan(), catalog));
        Map<String, Long> within = tally.map(counts -> window.within(counts, own)).orElse(Map.of());
        boolean gone = experiment.tally().isPresent() && tally.isEmpty() && !own.isEmpty();
        Map<String, Long> counts = experiment.tally().isEmpty() || gone || copied ? own : within;
        Map<String, Double> wanted = wanted();
        GoodnessOfFit fit = GoodnessOfFit.of(counts, wanted);
        OptionalDouble p = fit.p();
        Map<String, Long> copies = new HashMap<>();
        if (copied) {
            within.forEach((name, count) -> copies.put(name, Math.max(0, count - own.getOrDefault(name, 0L))));
        }
        Seen seen = new Seen(window.plans().stream().mapToLong(PlanCounts::requests).sum(), Failures.of(window,
                catalog), gone ? experiment.tally().orElseThrow().service() : "", catalog.versions()
                        .stream()
                        .anyMatch(version -> version.replicas() > 0));
        return new Split(counts.values().stream().mapToLong(Long::longValue).sum(), shares(counts, wanted, copies, fit),
                p.isPresent() ? Optional.of(fit.fits()) : Optional.empty(), p, wanted.isEmpty() ? 0 : fit.missing(),
                seen, experiment.looks());
    }

    /** What this server saw answered well by the subject, by what each version reports. */
    private static Map<String, Long> own(RequestWindow window, VersionCatalog catalog) {
        Map<String, Long> own = new TreeMap<>();
        for (PlanCounts counts : window.plans()) {
            counts.endings().forEach((ending, count) -> {
                if (ending.byPod() && !ending.failed() && count.sum() > 0) {
                    catalog.of(ending.labels())
                            .ifPresent(version -> own.merge(version.reported(), count.sum(), Long::sum));
                }
            });
        }
        return own;
    }

    /** The mixture of what the plans ask for, each as often as it was taken; empty where no weights ask, or nobody can know. */
    private Map<String, Double> wanted() {
        Map<String, Double> mixture = new HashMap<>();
        boolean weighted = false;
        boolean any = false;
        for (PlanCounts counts : window.plans()) {
            Optional<Expectation> expected = Expectation.of(counts.plan(), catalog);
            long requests = counts.requests();
            if (expected.isPresent() && requests > 0) {
                if (!expected.get().known()) {
                    return Map.of();
                }
                any = true;
                weighted |= expected.get().weighted();
                expected.get().shares().forEach((name, share) -> mixture.merge(name, requests * share, Double::sum));
            }
        }
        if (!any) {
            return usual.get()
                    .stream()
                    .flatMap(plan -> Expectation.of(plan, catalog).stream())
                    .filter(expected -> expected.weighted() && expected.known())
                    .findFirst()
                    .map(expected -> complete(expected.shares()))
                    .orElse(Map.of());
        }
        return weighted ? complete(mixture) : Map.of();
    }

    /** Versions that get nothing are wanted to get nothing. */
    private Map<String, Double> complete(Map<String, Double> shares) {
        Map<String, Double> complete = new HashMap<>();
        catalog.versions().forEach(version -> complete.put(version.reported(), 0.0));
        complete.putAll(shares);
        return complete;
    }

    private List<Share> shares(Map<String, Long> counts, Map<String, Double> wanted, Map<String, Long> copies,
            GoodnessOfFit fit) {
        Map<String, String> versions = new TreeMap<>();
        for (Version version : catalog.versions()) {
            // Deployments that report the same cannot be told apart by the tally.
            versions.merge(version.reported(), version.version(), (one, other) -> one.equals(other) ? one
                    : one + ", " + other);
        }
        counts.keySet().forEach(reported -> versions.putIfAbsent(reported, ""));
        double sum = wanted.values().stream().mapToDouble(Double::doubleValue).sum();
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        return new TreeSet<>(versions.keySet()).stream()
                .map(reported -> {
                    long count = counts.getOrDefault(reported, 0L);
                    GoodnessOfFit.Band band = fit.band(reported);
                    OptionalInt weight = sum > 0 && wanted.containsKey(reported)
                            ? OptionalInt.of((int) Math.round(100 * wanted.getOrDefault(reported, 0.0) / sum))
                            : OptionalInt.empty();
                    return new Share(reported, versions.getOrDefault(reported, ""), count, total == 0 ? 0
                            : 100.0 * count / total, 100 * band.low(), 100 * band.high(), weight, copies.getOrDefault(
                                    reported, 0L));
                })
                .sorted(BY_VERSION)
                .toList();
    }

    /** v2 before v10, and what has no version at the end. */
    private static final Comparator<Share> BY_VERSION = Comparator.comparing((Share share) -> share.version().isEmpty())
            .thenComparing(share -> stem(share.version()))
            .thenComparingInt(share -> number(share.version()))
            .thenComparing(Share::version)
            .thenComparing(Share::color);

    private static String stem(String version) {
        Matcher matcher = NUMBERED.matcher(version);
        return matcher.matches() ? matcher.group(1) : version;
    }

    private static int number(String version) {
        Matcher matcher = NUMBERED.matcher(version);
        return matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    }
}
