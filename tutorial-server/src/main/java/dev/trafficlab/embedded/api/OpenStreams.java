package dev.trafficlab.embedded.api;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.trafficlab.embedded.api.ApiResponse.Sink;
import dev.trafficlab.embedded.api.ApiResponse.Streaming;

/** Counts each token holder's answers that go on, and refuses those beyond the limit. */
final class OpenStreams {

    private final Map<String, Integer> byHome = new ConcurrentHashMap<>();
    private final int most;

    OpenStreams(int most) {
        this.most = most;
    }

    /** The answer, counted from the moment that the transport attaches to it until either side ends it. */
    ApiResponse count(Identity identity, ApiResponse answer) {
        if (identity.home().isEmpty() || !(answer instanceof Streaming streaming)) {
            return answer;
        }
        String home = identity.home();
        if (byHome.getOrDefault(home, 0) >= most) {
            throw new ApiException(429, "TooManyRequests", "There are " + most
                    + " open watches and followed logs of this namespace already. End some of them first.");
        }
        return new Streaming(streaming.status(), streaming.headers(), sink -> attach(home, streaming, sink));
    }

    private AutoCloseable attach(String home, Streaming streaming, Sink sink) {
        byHome.merge(home, 1, Integer::sum);
        var open = new AtomicBoolean(true);
        AutoCloseable handle = streaming.stream().attach(new Sink() {

            @Override
            public void write(byte[] chunk) {
                sink.write(chunk);
            }

            @Override
            public void close() {
                end(home, open);
                sink.close();
            }
        });
        return () -> {
            end(home, open);
            handle.close();
        };
    }

    private void end(String home, AtomicBoolean open) {
        if (open.getAndSet(false)) {
            byHome.computeIfPresent(home, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
