package dev.trafficlab.gateway.connector;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Connections on which part of a request's head has come: each holds a buffer as large as the largest head. One that takes too long in all
 * is closed at its next byte, and one that says nothing more by the connection's own time-out; where there are too many, the oldest go.
 */
final class UnfinishedHeads {

    private final Map<SocketWrapperBase<?>, Long> since = new ConcurrentHashMap<>();
    private final int most;
    private final long patience;
    private final LongSupplier nanos;

    UnfinishedHeads(int most, Duration patience, LongSupplier nanos) {
        this.most = most;
        this.patience = patience.toNanos();
        this.nanos = nanos;
    }

    /** Tells that something came on the connection; false when it is to be closed. */
    boolean received(SocketWrapperBase<?> connection, boolean unfinished) {
        if (!unfinished) {
            since.remove(connection);
            return true;
        }
        long now = nanos.getAsLong();
        Long begun = since.putIfAbsent(connection, now);
        if (begun != null && now - begun > patience) {
            since.remove(connection);
            return false;
        }
        if (since.size() > most) {
            makeRoom();
        }
        return true;
    }

    int size() {
        return since.size();
    }

    private synchronized void makeRoom() {
        since.keySet().removeIf(SocketWrapperBase::isClosed);
        int over = since.size() - most;
        if (over > 0) {
            since.entrySet()
                    .stream()
                    .sorted(Comparator.comparingLong(Map.Entry::getValue))
                    .limit(over + most / 8L)
                    .toList()
                    .forEach(oldest -> {
                        since.remove(oldest.getKey());
                        oldest.getKey().processSocket(SocketEvent.ERROR, true);
                    });
        }
    }
}
