package dev.trafficlab.forwarded;

import java.io.IOException;

import jakarta.servlet.ServletException;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;

/**
 * Leaves of the forwarded headers what trusted proxies told, in one plain form, and nothing at all of what others did. Spring's filter
 * behind it, which believes whatever it reads, then makes the request look as the client made it.
 */
final class ForwardedHeadersValve extends ValveBase {

    private final TrustedProxies proxies;

    ForwardedHeadersValve(TrustedProxies proxies) {
        super(true);
        this.proxies = proxies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        MimeHeaders headers = request.getCoyoteRequest().getMimeHeaders();
        var told = proxies.read(request.getRemoteAddr(), name -> ForwardedHeaders.values(headers, name), request
                .isSecure());
        ForwardedHeaders.remove(headers);
        told.ifPresent(forwarded -> ForwardedHeaders.write(headers, forwarded));
        getNext().invoke(request, response);
    }
}
