package dev.trafficlab.course.markdown;

import java.util.List;

import com.vladsch.flexmark.ext.tables.TablesExtension;
import com.vladsch.flexmark.html.HtmlRenderer;
import com.vladsch.flexmark.parser.Parser;
import com.vladsch.flexmark.util.ast.Document;
import com.vladsch.flexmark.util.data.DataHolder;
import com.vladsch.flexmark.util.data.MutableDataSet;

/**
 * Markdown to safe HTML that a strict content security policy lets pass.
 * <p>
 * It is ordinary Markdown with tables; three things mean more here than elsewhere:
 * <ul>
 * <li>the comment {@code <!-- apply -->} on a line of its own divides the text in two;
 * <li>a block quote whose first paragraph ends in a question mark becomes a question that opens on demand;
 * <li>a table whose first heading is "Line" explains lines of code.
 * </ul>
 */
public final class Markdown {

    private static final DataHolder OPTIONS = new MutableDataSet()
            .set(Parser.EXTENSIONS, List.of(TablesExtension.create()))
            // the text is checked for raw HTML before; this makes sure of it
            .set(HtmlRenderer.ESCAPE_HTML, true)
            .set(HtmlRenderer.GENERATE_HEADER_ID, true)
            .set(HtmlRenderer.RENDER_HEADER_ID, true)
            .set(HtmlRenderer.HEADER_ID_GENERATOR_NO_DUPED_DASHES, true)
            .set(HtmlRenderer.SOFT_BREAK, "\n")
            .toImmutable();

    private static final Parser PARSER = Parser.builder(OPTIONS).build();

    private Markdown() {}

    /** Renders the text; what is wrong with it goes to the report, and what comes back is then of no use. */
    public static Prose render(String text, LinkResolver surroundings, ProblemReport problems) {
        Document document = PARSER.parse(text);
        ProseReview review = new ProseReview(surroundings, problems);
        review.review(document);
        String html = HtmlRenderer.builder(OPTIONS)
                .nodeRendererFactory(options -> new ProseRenderer(surroundings, problems))
                .build()
                .render(document);
        review.reviewAnchors(html);
        return new Prose(List.of(html.split(ProseRenderer.DIVIDER, -1)), review.explained());
    }
}
