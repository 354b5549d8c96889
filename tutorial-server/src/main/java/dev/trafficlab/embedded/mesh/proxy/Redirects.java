package dev.trafficlab.embedded.mesh.proxy;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.embedded.mesh.route.RequestHead;
import dev.trafficlab.embedded.mesh.route.RouteAction.Redirect;

/** Envoy's redirects: where to, put together from the request and what the route changes. Envoy: http/utility.cc. */
final class Redirects {

    private static final Redirect SAME = new Redirect(301, "", "", 0, "");

    private Redirects() {}

    /** The answer of a host that wants https alone: the Host as it came, its port too. Envoy: router/config_impl.cc, SslRedirectRoute. */
    static AppResponse toHttps(RequestHead head) {
        HeaderList headers = HeaderList.empty();
        headers.set("location", "https://" + head.authority() + head.target());
        return LocalReply.of(301, "", headers);
    }

    /** Where the request itself leads, which direct answers tell that are 201 or 3xx (RFC 7231, section 7.1.2). */
    static String itself(RequestHead head) {
        return location(SAME, head);
    }

    static AppResponse answer(Redirect redirect, RequestHead head) {
        HeaderList headers = HeaderList.empty();
        headers.set("location", location(redirect, head));
        return LocalReply.of(redirect.status(), "", headers);
    }

    static String location(Redirect redirect, RequestHead head) {
        String scheme = redirect.scheme().isEmpty() ? "http" : redirect.scheme();
        String port = redirect.port() == 0 ? "" : ":" + redirect.port();
        String host = redirect.authority().isEmpty()
                ? requestHost(head.authority(), scheme, !port.isEmpty())
                : redirect.authority();
        return scheme + "://" + host + port + path(redirect.uri(), head);
    }

    /** The request's host, without its port where another one comes, or where it was the usual one of another scheme. */
    private static String requestHost(String authority, String scheme, boolean otherPort) {
        int colon = authority.startsWith("[") ? authority.indexOf("]:") + 1 : authority.lastIndexOf(':');
        if (colon <= 0) {
            return authority;
        }
        boolean usual = !scheme.equals("http") && authority.substring(colon).equals(":80");
        return otherPort || usual ? authority.substring(0, colon) : authority;
    }

    private static String path(String uri, RequestHead head) {
        if (uri.isEmpty()) {
            return head.target();
        }
        return uri.indexOf('?') >= 0 ? uri : uri + head.target().substring(head.pathEnd());
    }
}
