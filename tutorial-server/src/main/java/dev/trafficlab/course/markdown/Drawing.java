package dev.trafficlab.course.markdown;

import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A drawing that becomes part of the page, so that it takes the page's colours. It may hold shapes and text only, and must
 * say what it shows to those who do not see it.
 */
final class Drawing {

    private static final Set<String> ELEMENTS = Set.of("svg", "title", "desc", "defs", "marker", "g", "path", "rect",
            "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan");

    private Drawing() {}

    /** The SVG ready for the page; tells what is wrong with it, as the rest of a sentence about the drawing. */
    static String html(String svg, Consumer<String> problems) {
        parse(svg).ifPresentOrElse(root -> review(root, problems),
                () -> problems.accept("is not well-formed XML; check its tags"));
        return svg.substring(Math.max(svg.indexOf("<svg"), 0)).strip();
    }

    private static Optional<Element> parse(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return Optional.of(builder.parse(new InputSource(new StringReader(svg))).getDocumentElement());
        } catch (SAXException notWellFormed) {
            return Optional.empty();
        } catch (ParserConfigurationException | IOException impossible) {
            throw new IllegalStateException("The JDK's XML parser does not work", impossible);
        }
    }

    private static void review(Element root, Consumer<String> problems) {
        if (!"img".equals(root.getAttribute("role")) || !isNamed(root)) {
            problems.accept("must have role=\"img\", a <title>, a <desc>, and aria-labelledby with the ids of both");
        }
        if (root.getAttribute("viewBox").isEmpty()) {
            problems.accept("must have a viewBox, so that it scales");
        }
        NodeList elements = root.getElementsByTagName("*");
        reviewElement(root, problems);
        for (int i = 0; i < elements.getLength(); i++) {
            reviewElement((Element) elements.item(i), problems);
        }
    }

    private static boolean isNamed(Element root) {
        String ids = root.getAttribute("aria-labelledby");
        return ids.equals(idOf(root, "title") + " " + idOf(root, "desc")) && !ids.startsWith(" ") && !ids.endsWith(" ");
    }

    private static String idOf(Element root, String child) {
        return root.getElementsByTagName(child).item(0) instanceof Element element ? element.getAttribute("id") : "";
    }

    private static void reviewElement(Element element, Consumer<String> problems) {
        if (!ELEMENTS.contains(element.getTagName())) {
            problems.accept("must not hold <%s>; it may hold %s".formatted(element.getTagName(), ELEMENTS.stream()
                    .sorted()
                    .toList()));
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getNodeName();
            if (name.equals("style") || name.startsWith("on") || name.endsWith("href")) {
                problems.accept("must not use the attribute %s; use classes and attributes such as fill".formatted(
                        name));
            }
        }
    }
}
