package dev.trafficlab.gateway.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.MimeHeaders;

/** A request's head, as far as Tomcat could read it. */
public final class RequestHeads {

    private static final int BEGINNING = 512;
    private static final String HTTP = "http://";

    private RequestHeads() {}

    /** Bytes of target, header names and values; of a head that Tomcat gave up as too large, what it has read. */
    public static int bytes(Request request) {
        MimeHeaders headers = request.getMimeHeaders();
        int bytes = request.requestURI().getLength() + Math.max(0, request.queryString().getLength());
        for (int i = 0; i < headers.size(); i++) {
            bytes += headers.getName(i).getLength() + headers.getValue(i).getLength();
        }
        boolean whole = request.getResponse() == null || request.getResponse().getStatus() < 400;
        return whole ? bytes : Math.max(bytes, read(request));
    }

    /** Whether all of the head was read, so that whatever Tomcat does not like is in what it says and not in how it is written. */
    static boolean isWhole(Request request) {
        if (request.getResponse() == null || request.getResponse().getStatus() < 400) {
            return true;
        }
        String head = text(request, Integer.MAX_VALUE, false);
        return head.endsWith("\n\n") || head.endsWith("\r\n\r\n");
    }

    /** Whether a head that names a transfer coding names a length, too; Tomcat drops the length then. */
    static boolean hasLength(Request request) {
        return Pattern.compile("(?i)\\ncontent-length[ \\t]*:")
                .matcher(text(request, ConnectorBounds.BUFFER_BYTES, false))
                .find();
    }

    /** Whether the target names no scheme and host, which Tomcat has taken off where it did. */
    static boolean isPath(Request request) {
        MessageBytes uri = request.requestURI();
        if (uri.getType() != MessageBytes.T_BYTES || uri.getByteChunk().getStart() == 0) {
            return false;
        }
        byte before = uri.getByteChunk().getBuffer()[uri.getByteChunk().getStart() - 1];
        return before == ' ' || before == '\t';
    }

    /** The target as it stands in the request line. */
    static String rawTarget(Request request) {
        String line = text(request, BEGINNING, true).stripLeading();
        int start = line.indexOf(' ') + 1;
        return line.substring(start).stripLeading();
    }

    /** Whom the request is for: the authority of an absolute target, else what its Host header says. */
    public static String authority(Request request) {
        String target = isPath(request) ? "" : rawTarget(request);
        if (target.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
            int end = HTTP.length();
            while (end < target.length() && "/?# \r\n".indexOf(target.charAt(end)) < 0) {
                end++;
            }
            String authority = target.substring(HTTP.length(), end);
            return authority.substring(authority.lastIndexOf('@') + 1);
        }
        String host = request.getMimeHeaders().getHeader("host");
        return host == null ? "" : host;
    }

    /** The head as text, or its beginning: as far as it was understood, or all that has come. */
    private static String text(Request request, int most, boolean all) {
        InputBuffer input = request.getInputBuffer() instanceof UploadGuard guard ? guard.unguarded()
                : request.getInputBuffer();
        if (!(input instanceof Http11InputBuffer http) || http.getByteBuffer() == null) {
            return "";
        }
        ByteBuffer buffer = http.getByteBuffer();
        byte[] bytes = new byte[Math.min(most, all ? buffer.limit() : buffer.position())];
        buffer.get(0, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Whether a request whose target could not be read was meant for something below the path. */
    public static boolean isFor(String path, Request request) {
        return request.requestURI().isNull() && rawTarget(request).startsWith(path);
    }

    private static int read(Request request) {
        return text(request, Integer.MAX_VALUE, false).length();
    }
}
