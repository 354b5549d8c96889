package dev.trafficlab.demo.colors;

import java.util.regex.Pattern;

import dev.trafficlab.demo.Html;

/** The page in one colour. */
final class ColorsPage {

    /** What may stand in a style sheet: a name, a hex colour or a colour function of plain numbers. Nothing of it ends a declaration. */
    private static final Pattern SAFE_CSS = Pattern.compile(
            "[A-Za-z]{1,40}|#[0-9A-Fa-f]{3,8}|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\\([0-9A-Za-z.,%/ +-]{1,80}\\)");

    private static final String START = """
                                        <!doctype html>
                                        <html lang="en">
                                        <head>
                                        <meta charset="utf-8">
                                        <meta name="viewport" content="width=device-width, initial-scale=1">
                                        <link rel="icon" href="data:,">
                                        <title>""";

    // The words stand on a card of their own, so that they are readable whatever the colour is.
    private static final String STYLE = """
                                        </title>
                                        <style>
                                        body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1.125rem/1.5 system-ui, sans-serif }
                                        main { margin: 1rem; padding: 1.25rem 2rem; border-radius: .75rem; background: #fff; color: #1b1b1f; text-align: center;
                                          overflow-wrap: anywhere; box-shadow: 0 .25rem 1.5rem rgb(0 0 0 / 30%) }
                                        h1 { margin: 0; font-size: 2rem }
                                        p { margin: .25rem 0 0 }
                                        code { font-size: .95em }
                                        body { background:\s""";

    private static final String BODY = """
                                        }
                                       </style>
                                       </head>
                                       <body>
                                       <main>
                                       <h1>""";

    private static final String END = """
                                      </code></p>
                                      </main>
                                      </body>
                                      </html>
                                      """;

    private ColorsPage() {}

    static String of(String color, String hostname) {
        boolean safe = SAFE_CSS.matcher(color).matches();
        String words = Html.escape(color);
        return START + words + STYLE + (safe ? color : "#d8d8de") + BODY + words + "</h1>\n"
                + (safe ? "" : "<p>This is not a colour that a style sheet can show.</p>\n")
                + "<p>served by <code>" + Html.escape(hostname) + END;
    }
}
