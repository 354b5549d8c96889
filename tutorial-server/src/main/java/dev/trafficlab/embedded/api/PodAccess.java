package dev.trafficlab.embedded.api;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import dev.trafficlab.demo.AppRequest;
import dev.trafficlab.demo.AppResponse;

/** What the API needs of running pods: their logs, and calls through the service proxy. */
public interface PodAccess {

    /** Sends a request straight to the port of a pod of the namespace, past any mesh. The addresses of other namespaces are dead ends. */
    AppResponse call(String namespace, String podIp, int port, AppRequest request) throws IOException;

    /** The container's log lines so far, oldest first; empty when the pod is unknown or has not started. */
    List<LogLine> logs(String namespace, String pod, String container);

    /** Tells each later line until the handle is closed, or the container ends ({@code ended} is run then). */
    AutoCloseable follow(String namespace, String pod, String container, Consumer<LogLine> consumer, Runnable ended);

    /** One line of a container's output. */
    record LogLine(Instant time, String text) {}
}
