package dev.trafficlab.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import dev.trafficlab.embedded.Bounds;
import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.ApiRequest.Anonymous;
import dev.trafficlab.embedded.api.ApiRequest.Bearer;
import dev.trafficlab.embedded.api.ApiRequest.Caller;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.KubernetesApi;

/**
 * Serves the embedded API over HTTP: under the servlet's own path to whoever sends a bearer token, and under {@code s/{token}} for
 * kubectl, which sends no token over plain http. It logs nothing of an address.
 */
public final class KubernetesServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String SECRET = "/s/";
    private static final String BEARER = "Bearer ";

    private final transient KubernetesApi api;

    /** Serves the API. */
    public KubernetesServlet(KubernetesApi api) {
        this.api = api;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            // An empty success tells Kubernetes clients to watch by HTTP instead.
            response.setStatus(HttpServletResponse.SC_OK);
            return;
        }
        ApiResponse answer = api.handle(translate(request));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        // What an app answers through the proxy must not run as a page of this server.
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache, private");
        switch (answer) {
            case ApiResponse.Complete complete -> {
                response.setContentLength(complete.body().length);
                response.getOutputStream().write(complete.body());
            }
            case ApiResponse.Streaming streaming -> {
                AsyncContext context = request.startAsync();
                context.setTimeout(0);
                ServletSink.start(context, streaming.stream());
            }
        }
    }

    private static ApiRequest translate(HttpServletRequest request) throws IOException {
        String root = request.getContextPath() + request.getServletPath();
        String path = request.getRequestURI().substring(Math.min(root.length(), request.getRequestURI().length()));
        Caller caller = caller(request);
        if (path.startsWith(SECRET)) {
            int end = path.indexOf('/', SECRET.length());
            String secret = path.substring(SECRET.length(), end < 0 ? path.length() : end);
            caller = new Bearer(secret);
            root += SECRET + secret;
            path = end < 0 ? "/" : path.substring(end);
        }
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        byte[] body = request.getInputStream().readNBytes(Bounds.REQUEST_BYTES + 1);
        return new ApiRequest(request.getMethod(), path.isEmpty() ? "/" : path, query, headers(request), body, caller,
                root);
    }

    private static Caller caller(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null && authorization.startsWith(BEARER)
                ? new Bearer(authorization.substring(BEARER.length()).trim())
                : new Anonymous();
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .addAll(Collections.list(request.getHeaders(name)));
        }
        return headers;
    }
}
