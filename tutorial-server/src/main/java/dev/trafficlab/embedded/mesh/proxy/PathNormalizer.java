package dev.trafficlab.embedded.mesh.proxy;

import java.util.Optional;

/**
 * Envoy's path normalisation: dot segments are resolved, {@code \} becomes {@code /}, escaped letters, digits, {@code -._~} are
 * unescaped, what may not stand in a path is escaped. {@code //} and {@code %2F} stay as they are; the query is not touched.
 */
public final class PathNormalizer {

    private static final String ESCAPED = " \"<>^`{}\u007f";
    private static final String HEX = "0123456789ABCDEF";

    private PathNormalizer() {}

    /** The target with its path in normal form; empty when no proxy takes it. */
    public static Optional<String> normalize(String target) {
        if (!target.startsWith("/") || target.indexOf('#') >= 0) {
            return Optional.empty();
        }
        int query = target.indexOf('?');
        int end = query < 0 ? target.length() : query;
        return Optional.of(isNormal(target, end) ? target : clean(target.substring(0, end)) + target.substring(end));
    }

    private static boolean isNormal(String target, int end) {
        for (int i = 0; i < end; i++) {
            char letter = target.charAt(i);
            boolean dotSegment = letter == '.' && target.charAt(i - 1) == '/';
            if (dotSegment || letter == '%' || letter == '\\' || needsEscape(letter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean needsEscape(char letter) {
        return letter <= ' ' || letter > '~' || ESCAPED.indexOf(letter) >= 0;
    }

    private static String clean(String path) {
        StringBuilder clean = new StringBuilder(path.length());
        String unescaped = unescape(path);
        int at = 0;
        while (at < unescaped.length()) {
            int next = unescaped.indexOf('/', at + 1);
            int end = next < 0 ? unescaped.length() : next;
            append(clean, unescaped.substring(at, end), next < 0);
            at = end;
        }
        return clean.isEmpty() ? "/" : clean.toString();
    }

    /** Appends a segment with its leading slash. */
    private static void append(StringBuilder clean, String segment, boolean last) {
        boolean up = segment.equals("/..");
        if (up) {
            clean.setLength(Math.max(0, clean.lastIndexOf("/")));
        }
        if (!up && !segment.equals("/.")) {
            clean.append(segment);
        } else if (last) {
            clean.append('/');
        }
    }

    private static String unescape(String path) {
        StringBuilder plain = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char letter = path.charAt(i);
            int value = letter == '%' && i + 2 < path.length() ? hex(path, i + 1) : -1;
            if (value >= 0 && isUnreserved((char) value)) {
                plain.append((char) value);
                i += 2;
            } else if (letter == '\\') {
                plain.append('/');
            } else if (needsEscape(letter)) {
                escape(plain, letter);
            } else {
                plain.append(letter);
            }
        }
        return plain.toString();
    }

    private static int hex(String path, int at) {
        int high = Character.digit(path.charAt(at), 16);
        int low = Character.digit(path.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUnreserved(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z' || letter >= '0' && letter <= '9'
                || "-._~".indexOf(letter) >= 0;
    }

    private static void escape(StringBuilder plain, char letter) {
        byte[] bytes = letter <= 0xFF
                ? new byte[]{(byte) letter}
                : String.valueOf(letter).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (byte part : bytes) {
            plain.append('%').append(HEX.charAt(part >> 4 & 0xF)).append(HEX.charAt(part & 0xF));
        }
    }
}
