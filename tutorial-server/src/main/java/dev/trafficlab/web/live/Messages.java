package dev.trafficlab.web.live;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

import dev.trafficlab.traffic.Split.Cause;
import dev.trafficlab.traffic.Split.Failure;
import dev.trafficlab.traffic.Split.Share;

/** Messages and figures of the live panel in a reader's language, ready to stand in HTML. */
record Messages(MessageSource messages, Locale locale) {

    /** The words for a reader; where no bundle speaks the reader's language, figures follow the one that is spoken instead. */
    static Messages of(MessageSource messages, Locale wanted) {
        return new Messages(messages, Locale.forLanguageTag(messages.getMessage("lang", null, wanted)));
    }

    String say(String key, Object... values) {
        return messages.getMessage(key, values, locale);
    }

    String say(Verdict verdict) {
        return switch (verdict) {
            case Verdict.NothingRuns _ -> say("live.verdict.nothing");
            case Verdict.NoRequests _ -> say("live.verdict.none");
            case Verdict.NoneSinceChange _ -> say("live.verdict.changed");
            case Verdict.Elsewhere _ -> say("live.verdict.elsewhere");
            case Verdict.NotCounted(String tally) -> say("live.verdict.uncounted", escape(tally));
            case Verdict.Failing(Failure failure, long requests) -> failing(failure, requests);
            case Verdict.AsWanted(Failure failure) -> say("live.verdict.wanted", Integer.toString(failure.status()),
                    cause(failure));
            case Verdict.OneVersion(Share share) -> say("live.verdict.one", name(share));
            case Verdict.Lately(String version) -> say("live.verdict.lately", escape(version));
            case Verdict.Unweighted(List<Share> shares) -> say("live.verdict.unweighted", rounded(shares));
            case Verdict.TooFew(List<Share> shares, long missing) -> say("live.verdict.few", weights(shares), count(
                    missing));
            case Verdict.Fits(List<Share> shares) -> say("live.verdict.fits", weights(shares));
            case Verdict.Misses(List<Share> shares, Share worst) -> say(worst.percent() > worst.weight().orElse(0)
                    ? "live.verdict.more"
                    : "live.verdict.less", weights(shares), name(worst));
        };
    }

    private String failing(Failure failure, long requests) {
        if (failure.cause() instanceof Cause.OwnAnswer(List<String> versions) && !versions.isEmpty()) {
            return say("live.verdict.own", escape(list(versions)), Integer.toString(failure.status()));
        }
        return failure.status() == 0
                ? say("live.verdict.refused", count(failure.count()), count(requests), cause(failure))
                : say("live.verdict.failing", count(failure.count()), count(requests), Integer.toString(failure
                        .status()), cause(failure));
    }

    private String cause(Failure failure) {
        return switch (failure.cause()) {
            case Cause.NotListening(String reason) -> escape(reason);
            case Cause.NoRoute(String reason) -> escape(reason);
            case Cause.NoSuchDestination(String reason) -> escape(reason);
            case Cause.Rule(String rule) -> say("live.cause.rule", escape(rule));
            case Cause.NoReadyPod(String service, String subset) -> subset.isEmpty()
                    ? say("live.cause.service", escape(service))
                    : say("live.cause.subset", escape(subset));
            case Cause.OwnAnswer _ -> say("live.cause.app");
            case Cause.Proxy _ -> say("live.cause.proxy");
        };
    }

    /** "v1, v2 and v3". */
    private String list(List<String> names) {
        return names.size() == 1 ? names.getFirst()
                : say("list.and", String.join(", ", names.subList(0, names.size() - 1)), names.getLast());
    }

    /** The version, or the colour where pods carry no version. */
    String name(Share share) {
        return escape(share.version().isEmpty() ? share.color() : share.version());
    }

    String count(long count) {
        return String.format(locale, "%,d", count);
    }

    String tenths(double figure) {
        return String.format(locale, "%.1f", figure);
    }

    String percent(double percent) {
        return say("live.percent", tenths(percent));
    }

    String rate(double perSecond) {
        return perSecond < 10 ? tenths(perSecond) : count(Math.round(perSecond));
    }

    String probability(double p) {
        return p < 0.001 ? "&lt; " + String.format(locale, "%.3f", 0.001)
                : "= " + String.format(locale, p < 0.1 ? "%.3f" : "%.2f", p);
    }

    static String escape(String text) {
        return HtmlUtils.htmlEscape(text);
    }

    private static String weights(List<Share> shares) {
        return shares.stream()
                .map(share -> Integer.toString(share.weight().orElse(0)))
                .collect(Collectors.joining(" / "));
    }

    private static String rounded(List<Share> shares) {
        return shares.stream()
                .map(share -> Long.toString(Math.round(share.percent())))
                .collect(Collectors.joining(" / "));
    }
}
