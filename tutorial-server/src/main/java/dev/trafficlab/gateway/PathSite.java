package dev.trafficlab.gateway;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trafficlab.demo.Headers;

/**
 * Keeps what an answer says of paths below {@code /gateway/{lab}}, where the lab's mesh has no site of its own: its cookies and its
 * redirects would be those of the whole server otherwise.
 *
 * @param path {@code /gateway/{lab}}
 * @param host the Host that the client asked for
 * @param browser whether the client is a browser that follows links by itself
 */
record PathSite(String path, String host, boolean browser) {

    /** Browsers keep no larger cookie (RFC 6265bis, section 5.7), so none is lost. */
    static final int LARGEST_COOKIE = 4_096;

    /** Cookies that one answer may set. */
    static final int MOST_COOKIES = 20;

    private static final Pattern ATTRIBUTE = Pattern.compile(
            "(?i)(?<!\\s)\\s*+;\\s*+(path|domain)\\s*+(=[^;]*+)?(?=;|$)");
    private static final Pattern PATH = Pattern.compile("(?i);\\s*+path\\s*+=([^;]*+)");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)(https?://)([^/?#]*)(.*)");

    /** The cookie for the lab's own paths alone; without a path, a browser takes that of the request. */
    String cookie(String line) {
        Matcher told = PATH.matcher(line);
        if (!told.find()) {
            return ATTRIBUTE.matcher(line).replaceAll("");
        }
        String asked = told.group(1).strip();
        String own = asked.startsWith("/") ? asked : "/";
        return ATTRIBUTE.matcher(line).replaceAll("") + "; Path=" + path + own;
    }

    /** The redirect, back into the lab where it leads to a path of the mesh. */
    Headers.Field location(Headers.Field field) {
        String target = field.value();
        if (target.startsWith("/") && !target.startsWith("//")) {
            return new Headers.Field(field.name(), path + target);
        }
        Matcher absolute = ABSOLUTE.matcher(target);
        boolean here = browser && absolute.matches()
                && absolute.group(2).toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        return here ? new Headers.Field(field.name(), absolute.group(1) + absolute.group(2) + path + absolute.group(3))
                : field;
    }
}
