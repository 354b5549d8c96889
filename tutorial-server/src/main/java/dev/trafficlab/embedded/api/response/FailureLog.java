package dev.trafficlab.embedded.api.response;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.trafficlab.embedded.api.ApiRequest;
import dev.trafficlab.embedded.api.KubernetesApi;
import dev.trafficlab.embedded.api.request.ResourcePath;

/** Tells the operator of requests that failed by a fault of ours: one line each, and of one namespace no more than a few a minute. */
public final class FailureLog {

    private static final Logger log = LoggerFactory.getLogger(KubernetesApi.class);
    private static final int LINES_A_MINUTE = 10;
    private static final int NAMESPACES = 10_000;

    private final Map<String, AtomicInteger> lines = new ConcurrentHashMap<>();
    private volatile long minute;

    /**
     * Writes a line, with the whole trace only where debugging is on.
     *
     * @param id tells this request from all others; the client is told it, too
     */
    public void failed(String namespace, String id, ApiRequest request, Throwable problem) {
        if (!mayTell(namespace)) {
            return;
        }
        log.atError()
                .addKeyValue("namespace", namespace)
                .addKeyValue("request", id)
                .addKeyValue("method", request.method())
                .addKeyValue("path", template(request.path()))
                .addKeyValue("problem", problem.toString())
                .log("a request failed");
        log.atDebug().addKeyValue("request", id).setCause(problem).log("where it failed");
    }

    private boolean mayTell(String namespace) {
        long now = TimeUnit.NANOSECONDS.toMinutes(System.nanoTime());
        if (now != minute || lines.size() > NAMESPACES) {
            minute = now;
            lines.clear();
        }
        return lines.computeIfAbsent(namespace, _ -> new AtomicInteger()).getAndIncrement() < LINES_A_MINUTE;
    }

    /** The path without names, which are the client's words. */
    private static String template(String path) {
        return ResourcePath.parse(path)
                .map(found -> "/" + found.apiVersion() + (found.namespace().isEmpty() ? "" : "/namespaces/{namespace}")
                        + "/" + found.type().plural() + (found.name().isEmpty() ? "" : "/{name}")
                        + (found.subresource().isEmpty() ? "" : "/" + found.subresource()))
                .orElse("other");
    }
}
