package dev.trafficlab.course.markdown;

import java.util.Set;

import com.vladsch.flexmark.ast.BlockQuote;
import com.vladsch.flexmark.ast.FencedCodeBlock;
import com.vladsch.flexmark.ast.HtmlCommentBlock;
import com.vladsch.flexmark.ast.Image;
import com.vladsch.flexmark.ast.Paragraph;
import com.vladsch.flexmark.html.HtmlWriter;
import com.vladsch.flexmark.html.renderer.NodeRenderer;
import com.vladsch.flexmark.html.renderer.NodeRendererContext;
import com.vladsch.flexmark.html.renderer.NodeRenderingHandler;
import com.vladsch.flexmark.util.ast.Node;
import com.vladsch.flexmark.util.ast.TextCollectingVisitor;
import org.jspecify.annotations.Nullable;

/** Renders what is ours: the apply mark, questions, drawings and highlighted code. */
final class ProseRenderer implements NodeRenderer {

    /** Stands in the HTML for the apply mark; text cannot forge it, for there every {@code <} is escaped. */
    static final String DIVIDER = "<apply/>";

    private final LinkResolver surroundings;
    private final ProblemReport problems;

    ProseRenderer(LinkResolver surroundings, ProblemReport problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    @Override
    public Set<NodeRenderingHandler<?>> getNodeRenderingHandlers() {
        return Set.of(new NodeRenderingHandler<>(HtmlCommentBlock.class, this::renderComment),
                new NodeRenderingHandler<>(BlockQuote.class, this::renderQuote),
                new NodeRenderingHandler<>(Paragraph.class, this::renderParagraph),
                new NodeRenderingHandler<>(FencedCodeBlock.class, this::renderCode));
    }

    static boolean isApplyMark(Node node) {
        return node instanceof HtmlCommentBlock comment
                && comment.getChars().trim().toString().matches("<!--\\s*apply\\s*-->");
    }

    static boolean isFigure(@Nullable Node node) {
        return node instanceof Paragraph paragraph && paragraph.getFirstChild() instanceof Image image
                && image.getNext() == null;
    }

    private void renderComment(HtmlCommentBlock comment, NodeRendererContext context, HtmlWriter html) {
        if (isApplyMark(comment)) {
            html.line().raw(DIVIDER).line();
        }
    }

    private void renderQuote(BlockQuote quote, NodeRendererContext context, HtmlWriter html) {
        if (!(quote.getFirstChild() instanceof Paragraph asked)
                || !new TextCollectingVisitor().collectAndGetText(asked).strip().endsWith("?")) {
            context.delegateRender();
            return;
        }
        html.line().raw("<details class=\"question\">").line().raw("<summary>");
        context.renderChildren(asked);
        html.raw("</summary>").line();
        for (Node answer = asked.getNext(); answer != null; answer = answer.getNext()) {
            context.render(answer);
        }
        html.line().raw("</details>").line();
    }

    private void renderParagraph(Paragraph paragraph, NodeRendererContext context, HtmlWriter html) {
        if (isFigure(paragraph) && paragraph.getFirstChild() instanceof Image image) {
            renderFigure(image, html);
        } else {
            context.delegateRender();
        }
    }

    private void renderFigure(Image image, HtmlWriter html) {
        html.line().raw("<figure class=\"drawing\">").line();
        String file = image.getUrl().toString();
        surroundings.drawing(file)
                .ifPresent(svg -> html.raw(Drawing.html(svg,
                        message -> problems.problem(ProseReview.lineOf(image), "the drawing %s %s".formatted(file,
                                message)))));
        if (!image.getText().isBlank()) {
            html.line().raw("<figcaption>").text(image.getText().toString()).raw("</figcaption>");
        }
        html.line().raw("</figure>").line();
    }

    private void renderCode(FencedCodeBlock block, NodeRendererContext context, HtmlWriter html) {
        String language = block.getInfo().toString();
        if (!CodeBlock.knows(language)) {
            problems.problem(ProseReview.lineOf(block), "unknown language '%s'; write one of %s after the fence"
                    .formatted(language, CodeBlock.LANGUAGES));
            return;
        }
        html.line().openPre().raw(CodeBlock.html(language, block.getContentChars().toString())).closePre().line();
    }
}
