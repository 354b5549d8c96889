package dev.trafficlab.web.live;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.trafficlab.traffic.Split.Share;
import dev.trafficlab.web.live.VersionMarks.Mark;

/** One version's row: wanted weight, observed share and its interval on the same bar. */
final class ShareBar {

    /** A colour that is a name or a hex figure. Anything else a learner may have written is told in words only. */
    private static final Pattern PLAIN_COLOR = Pattern.compile("[a-zA-Z]{1,30}|#[0-9a-fA-F]{3,8}");

    private ShareBar() {}

    static void write(StringBuilder html, Share share, Mark mark, Messages words) {
        html.append("<tr class=\"")
                .append(mark.css())
                .append("\" data-count=\"")
                .append(share.count());
        share.weight().ifPresent(weight -> html.append("\" data-want=\"").append(weight));
        html.append("\"><th scope=\"row\"><b><span class=\"glyph\" aria-hidden=\"true\">")
                .append(mark.glyph())
                .append("</span> ")
                .append(words.name(share))
                .append("</b>");
        color(html, share);
        if (share.copies() > 0) {
            html.append("<small>").append(words.say("live.copies", words.count(share.copies()))).append("</small>");
        }
        html.append("</th><td class=\"track\"><span class=\"hidden\">");
        html.append(share.weight().isPresent() ? words.say("live.percent", Integer.toString(share.weight().getAsInt()))
                : words.say("live.noweight"));
        html.append("</span>");
        track(html, share, words);
        html.append("</td><td class=\"figure\"><b>")
                .append(words.percent(share.percent()))
                .append("</b> <small>")
                .append(share.high() - share.low() < 100 ? interval(share, words) : words.say("live.nothing"))
                .append("</small></td></tr>");
    }

    private static String interval(Share share, Messages words) {
        return words.say("live.interval", words.count(share.count()), words.tenths(share.low()), words.tenths(share
                .high()));
    }

    private static void color(StringBuilder html, Share share) {
        if (share.color().equals(share.version())) {
            return;
        }
        html.append("<small>");
        if (PLAIN_COLOR.matcher(share.color()).matches()) {
            html.append(
                    "<svg class=\"swatch\" viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect width=\"10\" height=\"10\" rx=\"3\" fill=\"")
                    .append(share.color())
                    .append("\"/></svg>");
        }
        html.append(Messages.escape(share.color())).append("</small>");
    }

    private static void track(StringBuilder html, Share share, Messages words) {
        html.append(
                "<svg width=\"100%\" height=\"48\" aria-hidden=\"true\"><rect class=\"rail\" y=\"23\" width=\"100%\" height=\"22\" rx=\"6\"/>");
        if (share.count() > 0) {
            html.append("<rect class=\"share\" y=\"23\" width=\"")
                    .append(at(share.percent()))
                    .append("%\" height=\"22\" rx=\"6\"/>");
            interval(html, share);
        }
        if (share.weight().isPresent()) {
            int weight = share.weight().getAsInt();
            html.append("<line class=\"want\" x1=\"")
                    .append(weight)
                    .append("%\" x2=\"")
                    .append(weight)
                    .append("%\" y1=\"13\" y2=\"47\"/><text class=\"want\" y=\"10\" x=\"")
                    .append(weight)
                    .append("%\" text-anchor=\"")
                    .append(anchor(weight))
                    .append("\">")
                    .append(words.say("live.want", Integer.toString(weight)))
                    .append("</text>");
        }
        html.append("</svg>");
    }

    /** The range in which the true share lies, above the bar and with a tick at either end. */
    private static void interval(StringBuilder html, Share share) {
        String low = at(share.low());
        String high = at(share.high());
        line(html, low, high, 18, 18);
        line(html, low, low, 15, 21);
        line(html, high, high, 15, 21);
    }

    private static void line(StringBuilder html, String x1, String x2, int y1, int y2) {
        html.append("<line class=\"interval\" x1=\"")
                .append(x1)
                .append("%\" x2=\"")
                .append(x2)
                .append("%\" y1=\"")
                .append(y1)
                .append("\" y2=\"")
                .append(y2)
                .append("\"/>");
    }

    private static String anchor(int weight) {
        if (weight < 8) {
            return "start";
        }
        return weight > 92 ? "end" : "middle";
    }

    private static String at(double percent) {
        return String.format(Locale.ROOT, "%.1f", percent);
    }
}
