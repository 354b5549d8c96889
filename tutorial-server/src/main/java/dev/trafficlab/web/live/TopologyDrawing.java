package dev.trafficlab.web.live;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

import dev.trafficlab.inventory.Topology;
import dev.trafficlab.inventory.Topology.Edge;
import dev.trafficlab.inventory.Topology.Node;
import dev.trafficlab.inventory.Topology.Place;
import dev.trafficlab.traffic.Split;
import dev.trafficlab.traffic.Split.Share;
import dev.trafficlab.web.live.VersionMarks.Mark;

/** Draws the way through the mesh: every node a link to its object, every edge as thick as its share of the requests. */
@Component
public class TopologyDrawing {

    private static final double THIN = 1.5;
    private static final double THICK = 13;
    private static final double TRUNK = 9;

    /** About how wide a letter of a name is. */
    private static final double LETTER = 7;

    private final MessageSource messages;

    /** A drawing that speaks these messages. */
    public TopologyDrawing(MessageSource messages) {
        this.messages = messages;
    }

    /** What the drawing shows of a split: it need not be drawn anew while these are the same. */
    public static Map<String, Long> figures(Split split) {
        Map<String, Long> figures = new HashMap<>();
        for (Share share : split.shares()) {
            figures.put(share.version(), split.total() == 0 ? -1 : Math.round(share.percent()));
        }
        return figures;
    }

    /** The element {@code #topology}, whole; its links go on from the lab's address. */
    public String html(String lab, Topology topology, Split split, Locale locale) {
        return new Sketch(lab, topology, split, Messages.of(messages, locale)).draw();
    }

    /** The element {@code #flow}: what changes in a drawing that stays as it is while its figures move, in the drawing's order. */
    String flow(String lab, Topology topology, Split split, Locale locale) {
        return new Sketch(lab, topology, split, Messages.of(messages, locale)).flow();
    }

    /** One drawing under way. */
    private static final class Sketch {

        private final StringBuilder html = new StringBuilder(8192);
        private final String lab;
        private final Topology topology;
        private final Map<String, Node> nodes = new HashMap<>();
        private final Map<String, Mark> marks;
        private final Map<String, Share> shares = new HashMap<>();
        private final Set<String> routed = new HashSet<>();
        private final boolean counted;
        private final MapLayout layout;
        private final Messages words;

        Sketch(String lab, Topology topology, Split split, Messages words) {
            this.lab = lab;
            this.topology = topology;
            this.words = words;
            this.layout = new MapLayout(topology);
            this.counted = split.total() > 0;
            this.marks = VersionMarks.of(split).byVersion();
            topology.nodes().forEach(node -> nodes.put(node.id(), node));
            split.shares().stream().filter(share -> !share.version().isEmpty()).forEach(share -> {
                shares.putIfAbsent(share.version(), share);
            });
            topology.edges()
                    .stream()
                    .filter(edge -> edge.from().startsWith("route/") && !edge.ghost())
                    .forEach(edge -> routed.add(edge.to()));
        }

        String draw() {
            html.append("<div id=\"topology\"><svg class=\"map\" viewBox=\"0 0 ")
                    .append(MapLayout.WIDTH)
                    .append(' ')
                    .append(layout.height())
                    .append("\" role=\"group\" aria-label=\"")
                    .append(words.say("map.label"))
                    .append("\"><g class=\"edges\">");
            topology.edges()
                    .stream()
                    .filter(edge -> layout.has(edge.from()) && layout.has(edge.to()))
                    .forEach(this::edge);
            html.append("</g>");
            topology.nodes().forEach(this::node);
            return html.append("</svg></div>").toString();
        }

        String flow() {
            List<Edge> edges = topology.edges()
                    .stream()
                    .filter(edge -> layout.has(edge.from()) && layout.has(edge.to()))
                    .toList();
            return "<i id=\"flow\" class=\"hidden\" data-widths=\"" + edges.stream()
                    .map(this::thickness)
                    .collect(Collectors.joining(" ")) + "\" data-titles=\"" + edges.stream()
                            .map(this::title)
                            .collect(Collectors.joining("|")) + "\" data-figures=\"" + topology.nodes()
                                    .stream()
                                    .map(this::figure)
                                    .filter(figure -> !figure.isEmpty())
                                    .collect(Collectors.joining("|")) + "\"></i>";
        }

        private String thickness(Edge edge) {
            return String.format(Locale.ROOT, "%.1f", width(edge));
        }

        private void edge(Edge edge) {
            MapLayout.Box from = layout.of(edge.from());
            MapLayout.Box to = layout.of(edge.to());
            int bend = (to.x() - from.right()) / 2;
            html.append("<path class=\"")
                    .append(kind(edge))
                    .append("\" data-from=\"")
                    .append(edge.from())
                    .append("\" data-to=\"")
                    .append(edge.to())
                    .append("\" stroke-width=\"")
                    .append(thickness(edge))
                    .append("\" d=\"M")
                    .append(from.right())
                    .append(' ')
                    .append(from
                            .middle())
                    .append('C')
                    .append(from.right() + bend)
                    .append(' ')
                    .append(from
                            .middle())
                    .append(' ')
                    .append(to.x() - bend)
                    .append(' ')
                    .append(to
                            .middle())
                    .append(' ')
                    .append(to.x())
                    .append(' ')
                    .append(to
                            .middle())
                    .append("\">");
            String title = title(edge);
            html.append(title.isEmpty() ? "" : "<title>" + title + "</title>").append("</path>");
        }

        private String kind(Edge edge) {
            if (edge.ghost()) {
                return "edge ghost";
            }
            String version = version(edge);
            Mark mark = version.isEmpty() ? null : marks.get(version);
            if (!isUsed(edge)) {
                return "edge spare";
            }
            return mark == null ? "edge" : "edge " + mark.css();
        }

        private String title(Edge edge) {
            Share share = shares.get(version(edge));
            String want = edge.weight().isPresent() ? words.say("live.want", Math.round(100 * edge.weight()
                    .getAsDouble())) : "";
            return share != null && counted && (isUsed(edge) || !want.isEmpty()) ? (want + " " + words.percent(share
                    .percent())).strip() : want;
        }

        private double width(Edge edge) {
            Node to = nodes.get(edge.to());
            if (edge.ghost() || !isUsed(edge) || to == null) {
                return THIN;
            }
            Share share = shares.get(version(edge));
            if (share != null) {
                return counted ? scaled(share.percent() / 100) : scaled(wanted(edge, share));
            }
            return edge.weight().isPresent() ? scaled(edge.weight().getAsDouble())
                    : to.place() == Place.GATEWAY || to.place() == Place.ROUTE || leadsToVersions(edge.to()) ? TRUNK
                            : 3;
        }

        private double wanted(Edge edge, Share share) {
            long siblings = topology.edges().stream().filter(one -> one.from().equals(edge.from())).count();
            return edge.weight().orElseGet(() -> share.weight().orElse((int) (100 / Math.max(1, siblings))) / 100.0);
        }

        private static double scaled(double share) {
            return Math.max(THIN, THICK * share);
        }

        /** Towards a version's own pods an edge is that version's. */
        private String version(Edge edge) {
            Node to = nodes.get(edge.to());
            return to == null || to.place() == Place.TALLY ? "" : to.version();
        }

        private boolean leadsToVersions(String node) {
            return topology.edges().stream().anyMatch(edge -> edge.from().equals(node) && !version(edge).isEmpty());
        }

        /** Where a route leads to the subsets, the Service's own way to the same pods rests, and the other way round. */
        private boolean isUsed(Edge edge) {
            Node from = nodes.get(edge.from());
            Node to = nodes.get(edge.to());
            if (from == null || to == null || to.place() == Place.TALLY) {
                return false;
            }
            if (from.place() == Place.DESTINATION) {
                return routed.contains(from.id()) || isRouteless(to);
            }
            return from.place() != Place.CLIENT || to.place() != Place.DESTINATION || isRouteless(to);
        }

        private boolean isRouteless(Node node) {
            if (node.place() == Place.DESTINATION) {
                return topology.edges()
                        .stream()
                        .filter(edge -> edge.from().equals(node.id()))
                        .noneMatch(edge -> isRouted(edge.to()));
            }
            return node.id().startsWith("workload/") && !isRouted(node.id()) && fromService(node.id());
        }

        private boolean isRouted(String workload) {
            return topology.edges()
                    .stream()
                    .anyMatch(edge -> edge.to().equals(workload) && routed.contains(edge
                            .from()));
        }

        private boolean fromService(String workload) {
            return topology.edges()
                    .stream()
                    .anyMatch(edge -> edge.to().equals(workload) && edge.from()
                            .startsWith("service/") && !edge.ghost());
        }

        private void node(Node node) {
            MapLayout.Box box = layout.of(node.id());
            String name = name(node);
            String found = topology.findings(node)
                    .stream()
                    .map(finding -> finding.kind().code() + ": " + Messages.escape(finding.message(words.locale())))
                    .collect(Collectors.joining(" "));
            String note = found.isEmpty() ? note(node) : words.say("map.finding");
            node.ghost()
                    .ifPresentOrElse(ghost -> open(node, "ghost", lab + "/steps/" + ghost.stepId(), words.say(
                            "map.ghost", name, kindOf(node), ghost.number(), Messages.escape(ghost.label()))),
                            () -> node.object()
                                    .ifPresentOrElse(object -> open(node, "there", lab + "/objects/" + object.kind()
                                            + "/" + object.name(), kindOf(node) + " " + name + ", " + (found.isEmpty()
                                                    ? note
                                                    : found)),
                                            () -> html.append("<g class=\"node ")
                                                    .append(node.missing() ? "missing" : "there")
                                                    .append("\" data-node=\"")
                                                    .append(node.id())
                                                    .append("\">")));
            html.append("<rect x=\"")
                    .append(box.x())
                    .append("\" y=\"")
                    .append(box.y())
                    .append("\" width=\"")
                    .append(box
                            .width())
                    .append("\" height=\"")
                    .append(MapLayout.ROW)
                    .append("\" rx=\"9\"/>");
            name(box, "name" + tone(node), glyph(node), name);
            line(box.x() + 9, box.y() + 29, "note", shortened(note, box.width() * 5 / 4));
            figure(node, box);
            pods(node, box);
            finding(box, found);
            html.append(node.ghost().isPresent() || node.object().isPresent() ? "</a>" : "</g>");
        }

        /** A mark in the corner where something is found in the object, with what that is. */
        private void finding(MapLayout.Box box, String found) {
            if (!found.isEmpty()) {
                html.append("<title>").append(found).append("</title>");
                line(box.right() - 9, box.y() + 4, "finding", "⚠");
            }
        }

        private void open(Node node, String kind, String href, String label) {
            html.append("<a class=\"node ")
                    .append(kind)
                    .append("\" id=\"node-")
                    .append(node.id().replace('/', '-'))
                    .append("\" data-node=\"")
                    .append(node.id())
                    .append("\" href=\"")
                    .append(href)
                    .append("\" aria-label=\"")
                    .append(label)
                    .append("\">");
        }

        /** A long name is pressed together a little before it is cut. */
        private void name(MapLayout.Box box, String kind, String glyph, String name) {
            int room = box.width() - 18;
            boolean pressed = glyph.isEmpty() && name.length() * LETTER > room && name.indexOf('&') < 0;
            html.append("<text class=\"")
                    .append(kind)
                    .append("\" x=\"")
                    .append(box.x() + 9)
                    .append("\" y=\"")
                    .append(box
                            .y() + 15)
                    .append(pressed ? "\" textLength=\"" + room
                            + "\" lengthAdjust=\"spacingAndGlyphs\">"
                            : "\">")
                    .append(glyph)
                    .append(shortened(name, room * 5 / 4))
                    .append("</text>");
        }

        private void line(int x, int y, String kind, String text) {
            html.append("<text class=\"")
                    .append(kind)
                    .append("\" x=\"")
                    .append(x)
                    .append("\" y=\"")
                    .append(y)
                    .append("\">")
                    .append(text)
                    .append("</text>");
        }

        private String figure(Node node) {
            Share share = shares.get(node.version());
            return node.place() == Place.WORKLOAD && share != null && counted ? words.say("live.percent", Long.toString(
                    Math.round(share.percent()))) : "";
        }

        private void figure(Node node, MapLayout.Box box) {
            String figure = figure(node);
            if (!figure.isEmpty()) {
                html.append("<text class=\"percent\" text-anchor=\"end\" x=\"")
                        .append(box.right() - 9)
                        .append("\" y=\"")
                        .append(box.y() + 15)
                        .append("\">")
                        .append(figure)
                        .append("</text>");
            }
        }

        /** A dot a pod, filled when it is ready, with a square beside the dots when they carry the proxy. */
        private void pods(Node node, MapLayout.Box box) {
            int shown = Math.min(node.pods().wanted(), 6);
            for (int i = 0; i < shown; i++) {
                html.append("<circle class=\"pod ")
                        .append(i < node.pods().ready() ? "ready" : "waiting")
                        .append("\" r=\"3.5\" cx=\"")
                        .append(box.right() - 12 - 10 * i)
                        .append("\" cy=\"")
                        .append(box.y() + 26)
                        .append("\"/>");
            }
        }

        private String name(Node node) {
            if (node.place() == Place.CLIENT) {
                return words.say("map." + node.id());
            }
            boolean versioned = node.place() == Place.WORKLOAD && !node.version().isEmpty();
            return Messages.escape(versioned ? node.version() : node.label());
        }

        private String kindOf(Node node) {
            return node.object().map(object -> Messages.escape(object.kind())).orElse("");
        }

        private String note(Node node) {
            if (node.ghost().isPresent()) {
                return word(node) + " · " + words.say("map.step", node.ghost().get().number());
            }
            if (node.missing()) {
                return words.say("map.missing");
            }
            return switch (node.place()) {
                case CLIENT -> words.say("map." + node.id() + ".note");
                case GATEWAY -> words.say("map.gateway");
                case ROUTE -> words.say("map.route");
                case DESTINATION -> destination(node);
                case WORKLOAD, TALLY -> words.say(node.pods().sidecars() > 0 ? "map.pods.mesh" : "map.pods", node.pods()
                        .ready(), node.pods().wanted());
            };
        }

        /** What kind of stop it is, for a node of which there is nothing else to say. */
        private String word(Node node) {
            return words.say(switch (node.place()) {
                case CLIENT, WORKLOAD, TALLY -> "map.workload";
                case GATEWAY -> "map.gateway";
                case ROUTE -> "map.route";
                case DESTINATION -> node.id().startsWith("subset/") ? "map.subset" : "map.service";
            });
        }

        private String destination(Node node) {
            if (!node.id().startsWith("subset/")) {
                return words.say("map.service");
            }
            return topology.edges()
                    .stream()
                    .filter(edge -> edge.to().equals(node.id()) && edge.weight().isPresent())
                    .findFirst()
                    .map(edge -> words.say("map.weight", Math.round(100 * edge.weight().getAsDouble())))
                    .orElse(words.say("map.subset"));
        }

        private String tone(Node node) {
            Mark mark = marks.get(node.version());
            return mark == null ? "" : " " + mark.css();
        }

        private String glyph(Node node) {
            Mark mark = marks.get(node.version());
            return mark == null ? "" : "<tspan class=\"glyph\">" + mark.glyph() + "</tspan> ";
        }

        private static String shortened(String text, int width) {
            int most = (int) (width / LETTER);
            return text.length() <= most || text.indexOf('&') >= 0 ? text : text.substring(0, most - 1) + "…";
        }
    }
}
