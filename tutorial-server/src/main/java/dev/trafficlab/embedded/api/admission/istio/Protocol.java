package dev.trafficlab.embedded.api.admission.istio;

import java.util.Locale;

/** The protocols of a port, as Istio sorts them. */
enum Protocol {
    HTTP,
    TLS,
    TCP,
    UDP,
    UNSUPPORTED;

    static Protocol parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "http", "http2", "http_proxy", "grpc", "grpc-web" -> HTTP;
            case "https", "tls" -> TLS;
            case "tcp", "mongo", "redis", "mysql" -> TCP;
            case "udp" -> UDP;
            default -> UNSUPPORTED;
        };
    }
}
