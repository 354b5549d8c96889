package dev.trafficlab.web.live;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

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
            case Verdict.NoRequests _ -> say("live.verdict.none");
            case Verdict.Elsewhere _ -> say("live.verdict.elsewhere");
            case Verdict.Failing(int status) -> status == 0 ? say("live.verdict.refused")
                    : say("live.verdict.failing", Integer.toString(status));
            case Verdict.OneVersion(Share share) -> say("live.verdict.one", name(share));
            case Verdict.Lately(String version) -> say("live.verdict.lately", escape(version));
            case Verdict.Unweighted(List<Share> shares) -> say("live.verdict.unweighted", rounded(shares));
            case Verdict.TooFew(List<Share> shares) -> say("live.verdict.few", weights(shares));
            case Verdict.Fits(List<Share> shares) -> say("live.verdict.fits", weights(shares));
            case Verdict.Misses(List<Share> shares, Share worst) -> say(worst.percent() > worst.weight().orElse(0)
                    ? "live.verdict.more"
                    : "live.verdict.less", weights(shares), name(worst));
        };
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
