package dev.trafficlab.course.markdown;

import java.util.ArrayList;
import java.util.List;

import com.vladsch.flexmark.ast.Code;
import com.vladsch.flexmark.ast.Heading;
import com.vladsch.flexmark.ast.HtmlBlockBase;
import com.vladsch.flexmark.ast.HtmlInlineBase;
import com.vladsch.flexmark.ast.Image;
import com.vladsch.flexmark.ast.Link;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.ext.tables.TableBlock;
import com.vladsch.flexmark.ext.tables.TableBody;
import com.vladsch.flexmark.ext.tables.TableCell;
import com.vladsch.flexmark.ext.tables.TableHead;
import com.vladsch.flexmark.ext.tables.TableRow;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.ast.TextCollectingVisitor;

/** Walks through a text once: finds what does not belong there, and which lines of code are explained. */
final class ProseReview {

    private final LinkResolver surroundings;
    private final ProblemReport problems;
    private final List<Prose.Explained> explained = new ArrayList<>();
    private final List<Link> anchored = new ArrayList<>();
    private int headingLevel = 1;

    ProseReview(LinkResolver surroundings, ProblemReport problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    void review(Document document) {
        for (Node node : document.getDescendants()) {
            switch (node) {
                case Heading heading -> reviewHeading(heading);
                case HtmlBlockBase html when !ProseRenderer.isApplyMark(html) -> rejectHtml(html);
                case HtmlInlineBase html -> rejectHtml(html);
                case Link link -> reviewLink(link);
                case Image image -> reviewImage(image);
                case TableBlock table -> collectExplained(table);
                default -> {
                }
            }
        }
    }

    List<Prose.Explained> explained() {
        return explained;
    }

    /** Looks whether links within the page lead to one of its headings; to be called with the page as it was rendered. */
    void reviewAnchors(String html) {
        for (Link link : anchored) {
            String id = link.getUrl().toString().substring(1);
            if (!html.contains(" id=\"%s\"".formatted(id))) {
                report(link,
                        "no heading of this page makes the anchor #%s; write a heading's words in lower case with dashes"
                                .formatted(id));
            }
        }
    }

    private void reviewHeading(Heading heading) {
        int level = heading.getLevel();
        if (level == 1) {
            report(heading, "a heading of level 1 is the page's title; write it in the front matter, as  title: %s"
                    .formatted(heading.getText()));
        } else if (level > headingLevel + 1) {
            report(heading, "this heading skips a level; write %s %s"
                    .formatted("#".repeat(headingLevel + 1), heading.getText()));
        }
        headingLevel = level;
    }

    private void rejectHtml(Node html) {
        report(html, "raw HTML is not allowed (%s); write it in Markdown".formatted(html.getChars().trim()));
    }

    private void reviewLink(Link link) {
        String url = link.getUrl().toString();
        if (url.startsWith("#")) {
            anchored.add(link);
        }
        if (!url.startsWith("https://") && !url.startsWith("#") && !surroundings.hasPage(url)) {
            report(link, "the link %s leads nowhere; write https://…, #heading or the id of a step".formatted(url));
        }
    }

    private void reviewImage(Image image) {
        String file = image.getUrl().toString();
        if (!ProseRenderer.isFigure(image.getParent())) {
            report(image, "the drawing %s must be a paragraph of its own".formatted(file));
        } else if (!file.endsWith(".svg") || surroundings.drawing(file).isEmpty()) {
            report(image, "there is no drawing %s; put an SVG file of that name beside the text".formatted(file));
        }
    }

    private void collectExplained(TableBlock table) {
        if (!textOf(firstCell(table, TableHead.class)).startsWith("Line")) {
            return;
        }
        for (Node body : table.getChildren()) {
            if (body instanceof TableBody) {
                body.getChildren().forEach(row -> collectExplained((TableRow) row));
            }
        }
    }

    private void collectExplained(TableRow row) {
        if (row.getFirstChild() instanceof TableCell cell) {
            for (Node part : cell.getChildren()) {
                if (part instanceof Code code) {
                    explained.add(new Prose.Explained(lineOf(row), code.getText().toString()));
                }
            }
        }
    }

    private static Node firstCell(TableBlock table, Class<? extends Node> section) {
        for (Node part : table.getChildren()) {
            if (section.isInstance(part) && part.getFirstChild() instanceof TableRow row
                    && row.getFirstChild() instanceof TableCell cell) {
                return cell;
            }
        }
        return new Paragraph();
    }

    private static String textOf(Node node) {
        return new TextCollectingVisitor().collectAndGetText(node).trim();
    }

    private void report(Node node, String message) {
        problems.problem(lineOf(node), message);
    }

    static int lineOf(Node node) {
        return node.getStartLineNumber() + 1;
    }
}
