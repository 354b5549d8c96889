package dev.trafficlab.forwarded;

import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

import org.apache.tomcat.util.http.MimeHeaders;

/** The headers by which proxies tell of their clients, in a request as Tomcat has parsed it. */
public final class ForwardedHeaders {

    static final List<String> COMMON = List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host",
            "X-Forwarded-Port", "X-Forwarded-Prefix");

    /** Everything that anything behind us might believe. */
    private static final List<String> ALL = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto",
            "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Ssl");

    private ForwardedHeaders() {}

    /** All values of the header, in their order. */
    public static List<String> values(MimeHeaders headers, String name) {
        List<String> values = new ArrayList<>();
        Enumeration<String> found = headers.values(name);
        while (found.hasMoreElements()) {
            values.add(found.nextElement());
        }
        return values;
    }

    static void remove(MimeHeaders headers) {
        ALL.forEach(headers::removeHeader);
    }

    static void write(MimeHeaders headers, Forwarded told) {
        headers.setValue("X-Forwarded-For").setString(told.client());
        headers.setValue("X-Forwarded-Proto").setString(told.scheme());
        headers.setValue("X-Forwarded-Host").setString(told.host());
        if (!told.prefix().isEmpty()) {
            headers.setValue("X-Forwarded-Prefix").setString(told.prefix());
        }
    }
}
