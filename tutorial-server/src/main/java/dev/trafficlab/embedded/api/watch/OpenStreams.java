package dev.trafficlab.embedded.api.watch;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.ApiResponse.Sink;
import dev.trafficlab.embedded.api.ApiResponse.Streaming;
import dev.trafficlab.embedded.api.Identity;
import dev.trafficlab.embedded.api.stream.UnreadBytes;

/** Counts each token holder's answers that go on, and what they leave unread; refuses and drops what is beyond the limits. */
public final class OpenStreams {

    private final Map<String, Integer> byHome = new ConcurrentHashMap<>();
    private final Set<Sink> sinks = ConcurrentHashMap.newKeySet();
    private final int most;
    private final UnreadBytes unread;

    public OpenStreams(int most, UnreadBytes unread) {
        this.most = most;
        this.unread = unread;
    }

    /** The answer, counted from the moment that the transport attaches to it until either side ends it. */
    public ApiResponse count(Identity identity, ApiResponse answer) {
        if (identity.home().isEmpty() || !(answer instanceof Streaming streaming)) {
            return answer;
        }
        String home = identity.home();
        if (byHome.getOrDefault(home, 0) >= most) {
            throw new ApiException(429, "TooManyRequests", "There are " + most
                    + " open watches and followed logs of this namespace already. End some of them first.");
        }
        return new Streaming(streaming.status(), streaming.headers(), sink -> attach(home, streaming, sink),
                streaming.farewell());
    }

    private AutoCloseable attach(String home, Streaming streaming, Sink sink) {
        byHome.merge(home, 1, Integer::sum);
        sinks.add(sink);
        sink.charge(unread.open(home), streaming.farewell());
        var open = new AtomicBoolean(true);
        AutoCloseable handle = streaming.stream().attach(new Sink() {

            @Override
            public void write(byte[] chunk) {
                sink.write(chunk);
            }

            @Override
            public void close() {
                end(home, sink, open);
                sink.close();
            }
        });
        return () -> {
            end(home, sink, open);
            handle.close();
        };
    }

    /** Ends all of them in order, as the server stops. */
    public void endAll() {
        sinks.forEach(Sink::close);
    }

    private void end(String home, Sink sink, AtomicBoolean open) {
        if (open.getAndSet(false)) {
            sinks.remove(sink);
            byHome.computeIfPresent(home, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
