package dev.trafficlab.lab.check.traffic;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.trafficlab.course.YamlMapping;
import dev.trafficlab.traffic.ClientIdentity;
import dev.trafficlab.traffic.LoadSpec;

/**
 * The request that a check sends, as an author writes it.
 *
 * @param path the path with its query
 * @param method as sent
 * @param headers all headers, {@code Host} and {@code Cookie} among them
 * @param from through the ingress gateway, or from a pod
 */
record RequestFields(String path, String method, Map<String, String> headers, LoadSpec.From from) {

    private static final String METHODS = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS";

    RequestFields {
        headers = Map.copyOf(headers);
    }

    /** Reads {@code path}, {@code method}, {@code host}, {@code headers}, {@code cookies} and {@code inside}. */
    static RequestFields read(YamlMapping fields) {
        Map<String, String> headers = new HashMap<>(fields.textMap("headers"));
        String host = fields.text("host", "");
        if (!host.isEmpty()) {
            headers.put("Host", host);
        }
        String cookies = fields.textMap("cookies")
                .entrySet()
                .stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .sorted()
                .collect(Collectors.joining("; "));
        if (!cookies.isEmpty()) {
            headers.put("Cookie", cookies);
        }
        String method = fields.text("method", "GET");
        if (!method.matches(METHODS)) {
            fields.problem("method", "there is no method '%s'; write one of %s".formatted(method, METHODS.replace("|",
                    ", ")));
            method = "GET";
        }
        return new RequestFields(fields.path("path"), method, headers, fields.flag("inside") ? LoadSpec.From.INSIDE
                : LoadSpec.From.OUTSIDE);
    }

    LoadSpec order(int requests, int clients) {
        return new LoadSpec(requests, path, clients, headers, from, ClientIdentity.ADDRESS, method);
    }

    /** "GET /x" or, for the usual method, "/x". */
    String shown() {
        return method.equals("GET") ? path : method + " " + path;
    }
}
