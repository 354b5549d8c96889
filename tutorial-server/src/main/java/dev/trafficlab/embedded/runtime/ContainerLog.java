package dev.trafficlab.embedded.runtime;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import dev.trafficlab.embedded.api.PodAccess.LogLine;

/** The newest lines of a container's output. Locked by itself, as lines come from any thread. */
final class ContainerLog {

    /** With ten thousand labs of five pods every kibibyte counts. */
    private static final int MAX_BYTES = 4096;
    private static final int LINE_OVERHEAD = 64;

    private final InstantSource clock;
    private final Deque<LogLine> lines = new ArrayDeque<>(1);
    private final List<Follower> followers = new ArrayList<>(0);
    private int bytes;
    private boolean ended;

    ContainerLog(InstantSource clock) {
        this.clock = clock;
    }

    private record Follower(Consumer<LogLine> consumer, Runnable ended) {}

    synchronized void add(String text) {
        LogLine line = new LogLine(clock.instant(), text);
        lines.addLast(line);
        bytes += size(line);
        while (bytes > MAX_BYTES && lines.size() > 1) {
            bytes -= size(lines.removeFirst());
        }
        followers.forEach(follower -> follower.consumer().accept(line));
    }

    private static int size(LogLine line) {
        return LINE_OVERHEAD + line.text().length();
    }

    synchronized List<LogLine> lines() {
        return List.copyOf(lines);
    }

    synchronized AutoCloseable follow(Consumer<LogLine> consumer, Runnable end) {
        if (ended) {
            end.run();
            return () -> {};
        }
        Follower follower = new Follower(consumer, end);
        followers.add(follower);
        return () -> stop(follower);
    }

    private synchronized void stop(Follower follower) {
        followers.remove(follower);
    }

    /** No line comes any more. */
    synchronized void end() {
        ended = true;
        followers.forEach(follower -> follower.ended().run());
        followers.clear();
    }
}
