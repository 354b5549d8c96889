package dev.trafficlab.embedded.api.watch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.PodAccess;
import dev.trafficlab.embedded.api.PodAccess.LogLine;
import dev.trafficlab.embedded.api.watch.Logs.LogOrder;
import dev.trafficlab.embedded.store.ObjectKey;

/** Sends a container's log so far, then each line as it comes. */
final class LogFollower {

    private final LogOrder order;
    private final ApiResponse.Sink sink;
    /** Lines that came while the log so far was being read; none once that was sent. */
    private final List<LogLine> early = new ArrayList<>();
    private boolean started;
    private boolean closed;
    private long sent;

    private LogFollower(LogOrder order, ApiResponse.Sink sink) {
        this.order = order;
        this.sink = sink;
    }

    static AutoCloseable start(PodAccess pods, ObjectKey pod, String container, LogOrder order, ApiResponse.Sink sink) {
        LogFollower follower = new LogFollower(order, sink);
        AutoCloseable handle = pods.follow(pod.namespace(), pod.name(), container, follower::tell, follower::end);
        follower.begin(pods.logs(pod.namespace(), pod.name(), container));
        return handle;
    }

    private synchronized void begin(List<LogLine> soFar) {
        order.select(soFar).forEach(this::write);
        early.stream().filter(line -> !soFar.contains(line)).forEach(this::write);
        early.clear();
        started = true;
        if (closed) {
            sink.close();
        }
    }

    private synchronized void tell(LogLine line) {
        if (!started) {
            early.add(line);
        } else if (!closed) {
            write(line);
        }
    }

    private void write(LogLine line) {
        byte[] text = order.print(line).getBytes(StandardCharsets.UTF_8);
        if (sent + text.length <= order.mostBytes()) {
            sent += text.length;
            sink.write(text);
        }
    }

    private synchronized void end() {
        if (!closed) {
            closed = true;
            if (started) {
                sink.close();
            }
        }
    }
}
