package dev.trafficlab.gateway.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.http.HttpStatus;

/**
 * What is refused before any page of this server sees it, such as a path with an encoded slash, is answered with the status in words:
 * Tomcat's own page names its version and has its style inline.
 */
public final class PlainErrorReport extends ErrorReportValve {

    /** Puts this report in the place of Tomcat's own. */
    public static void use(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(PlainErrorReport.class.getName());
            }
        });
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus known = HttpStatus.resolve(status);
        byte[] words = (known == null ? Integer.toString(status) : known.getReasonPhrase()).getBytes(
                StandardCharsets.US_ASCII);
        try {
            response.setContentType("text/plain");
            response.setContentLength(words.length);
            response.getOutputStream().write(words);
            response.finishResponse();
        } catch (IOException clientIsGone) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, clientIsGone);
        }
    }
}
