package dev.trafficlab.web.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

import dev.trafficlab.embedded.mesh.NotSupported;
import dev.trafficlab.traffic.LiveSnapshot;
import dev.trafficlab.traffic.LiveSnapshot.Sent;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.web.live.VersionMarks.Mark;

/**
 * A picture of a lab's traffic as HTML. The page shows it first and the socket sends it anew, always whole: so a browser that missed
 * some pictures, or a second tab, is right again with the next one. Written by hand because it is the one thing rendered for thousands
 * of sockets several times a second.
 */
@Component
public class LivePanel {

    /** The status of an answer that needs no excuse. */
    static final int WELL = 200;

    /** How many of the last requests are shown at most. */
    private static final int RECENT = 200;

    private final MessageSource messages;

    /** A panel that speaks these messages. */
    public LivePanel(MessageSource messages) {
        this.messages = messages;
    }

    /** The element {@code #picture}, whole, beside a step whose requests should be answered well. */
    public String picture(LiveSnapshot picture, Locale locale) {
        return picture(picture, locale, WELL);
    }

    /**
     * The element {@code #picture}, whole.
     *
     * @param expected the status that the step's requests should get
     */
    public String picture(LiveSnapshot picture, Locale locale, int expected) {
        Messages words = Messages.of(messages, locale);
        StringBuilder html = new StringBuilder(8192);
        Verdict verdict = Verdict.on(picture, expected);
        html.append("<div id=\"picture\" data-sending=\"")
                .append(picture.sending() > 0)
                .append("\" data-rate=\"")
                .append(picture.sending())
                .append("\">");
        verdict(html, verdict, words);
        html.append("<p class=\"facts\">").append(facts(picture, words)).append("</p>");
        notSupported(html, picture.notSupported(), words);
        if (picture.split().shares().isEmpty()) {
            html.append("<p class=\"empty\">").append(words.say("live.empty")).append("</p>");
        } else {
            bars(html, picture.split(), words);
        }
        return html.append("</div>").toString();
    }

    /**
     * The element {@code #recent}: the last requests, one letter each, and how a letter is drawn. The page draws them itself ({@code
     * marks.js}): two hundred letters are a tenth of the drawing.
     */
    public String recent(LiveSnapshot picture, Locale locale) {
        Messages words = Messages.of(messages, locale);
        List<Sent> recent = picture.recent().stream().limit(RECENT).toList();
        VersionMarks marks = VersionMarks.of(picture.split());
        return "<svg id=\"recent\" class=\"recent\" viewBox=\"0 0 480 60\" role=\"img\" data-newest=\"" + (recent
                .isEmpty() ? 0 : recent.getFirst().number()) + "\" data-marks=\"" + letters(recent, marks.byVersion())
                + "\" data-looks=\"" + marks.looks() + "\" aria-label=\"" + words.say("live.recent.label", words.count(
                        recent.size())) + "\"></svg>";
    }

    private static String letters(List<Sent> recent, Map<String, Mark> marks) {
        StringBuilder letters = new StringBuilder(recent.size());
        for (Sent sent : recent) {
            Mark mark = marks.get(sent.version());
            letters.append(sent.failed() ? '!' : mark == null ? '?' : (char) ('a' + mark.row() % 26));
        }
        return letters.toString();
    }

    /** The element {@code #glance}: the shares in one short line, for small screens. */
    public String glance(Split split, Locale locale) {
        Messages words = Messages.of(messages, locale);
        StringBuilder html = new StringBuilder(256).append("<span id=\"glance\">");
        if (split.total() == 0) {
            html.append(words.say("live.verdict.none"));
        }
        VersionMarks marks = VersionMarks.of(split);
        for (int i = 0; split.total() > 0 && i < split.shares().size(); i++) {
            Mark mark = marks.byRow().get(i);
            html.append("<b class=\"")
                    .append(mark.css())
                    .append("\"><span class=\"glyph\" aria-hidden=\"true\">")
                    .append(mark.glyph())
                    .append("</span> ")
                    .append(words.percent(split.shares().get(i).percent()))
                    .append("</b>");
        }
        return html.append("</span>").toString();
    }

    private static void verdict(StringBuilder html, Verdict verdict, Messages words) {
        String kind = switch (verdict) {
            case Verdict.Fits _,Verdict.AsWanted _ -> "fits";
            case Verdict.Misses _,Verdict.Failing _,Verdict.NotCounted _ -> "misses";
            default -> "open";
        };
        html.append("<p class=\"verdict ")
                .append(kind)
                .append("\" id=\"verdict\">")
                .append(words.say(verdict))
                .append("</p>");
    }

    private static String facts(LiveSnapshot picture, Messages words) {
        Split split = picture.split();
        List<String> facts = new ArrayList<>();
        facts.add(split.total() == 1 ? words.say("live.counted.one")
                : words.say("live.counted", words.count(split.total())));
        split.p().ifPresent(p -> facts.add(words.say("live.p", words.probability(p))));
        statuses(picture.byStatus(), words).ifPresent(facts::add);
        if (picture.sending() > 0 || picture.perSecond() > 0) {
            facts.add(words.say("live.rate", words.rate(picture.perSecond())));
        }
        return String.join(" · ", facts);
    }

    private static Optional<String> statuses(Map<String, Long> byStatus, Messages words) {
        if (byStatus.isEmpty()) {
            return Optional.empty();
        }
        if (byStatus.size() == 1) {
            return Optional.of(words.say("live.all", Messages.escape(byStatus.keySet().iterator().next())));
        }
        return Optional.of(byStatus.entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> words.count(entry.getValue()) + " × " + Messages.escape(entry.getKey()))
                .collect(Collectors.joining(", ")));
    }

    private static void notSupported(StringBuilder html, List<NotSupported> findings, Messages words) {
        if (findings.isEmpty()) {
            return;
        }
        html.append("<ul class=\"cautions\" aria-label=\"").append(words.say("live.unsupported")).append("\">");
        for (NotSupported finding : findings) {
            html.append("<li><b>")
                    .append(Messages.escape(finding.kind() + " " + finding.name()))
                    .append("</b> ")
                    .append(Messages.escape(finding.message()))
                    .append("</li>");
        }
        html.append("</ul>");
    }

    private static void bars(StringBuilder html, Split split, Messages words) {
        html.append("<table class=\"bars\"><caption class=\"hidden\">")
                .append(words.say("live.caption"))
                .append("</caption><colgroup><col class=\"c1\"><col><col class=\"c3\"></colgroup><thead class=\"hidden\"><tr><th scope=\"col\">")
                .append(words.say("live.version"))
                .append("</th><th scope=\"col\">")
                .append(words.say("live.weight"))
                .append("</th><th scope=\"col\">")
                .append(words.say("live.share"))
                .append("</th></tr></thead><tbody>");
        VersionMarks marks = VersionMarks.of(split);
        for (int i = 0; i < split.shares().size(); i++) {
            ShareBar.write(html, split.shares().get(i), marks.byRow().get(i), words);
        }
        html.append("</tbody></table>");
    }
}
