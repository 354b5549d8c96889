package dev.trafficlab.gateway.connector;

import org.apache.coyote.Request;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.parser.HttpParser;

/** Which bytes may stand in a request's target. */
public final class RequestTargets {

    /** What RFC 3986 does not allow in a path or query but browsers send. */
    private static final String SENT_BY_BROWSERS = "\"<>[\\]^`{|}";

    private RequestTargets() {}

    /** Whether a page of this server may be asked for so: RFC 3986, and what browsers send beside it. */
    public static boolean fitsPage(Request request) {
        return fits(request.requestURI(), true) && fits(request.queryString(), true);
    }

    /** Whether Envoy takes the target: visible ASCII alone. */
    public static boolean fitsEnvoy(Request request) {
        return fits(request.requestURI(), false) && fits(request.queryString(), false);
    }

    private static boolean fits(MessageBytes text, boolean strict) {
        if (text.getType() != MessageBytes.T_BYTES) {
            return true;
        }
        ByteChunk bytes = text.getByteChunk();
        for (int i = bytes.getStart(); i < bytes.getEnd(); i++) {
            byte letter = bytes.getBytes()[i];
            boolean visible = letter > ' ' && letter < 0x7F;
            boolean allowed = !strict || SENT_BY_BROWSERS.indexOf(letter) >= 0 || !HttpParser.isNotRequestTarget(
                    letter);
            if (!visible || !allowed) {
                return false;
            }
        }
        return true;
    }
}
