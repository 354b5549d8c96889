package dev.trafficlab.embedded.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.trafficlab.embedded.store.ObjectEvent.Type;
import dev.trafficlab.embedded.store.file.Codec;

/**
 * The newest changes of each namespace, for watchers that resume. It is kept in memory alone: after a start watchers list anew, as they
 * do with a kube-apiserver whose watch cache is fresh.
 *
 * <p>When it is full, the namespace with most bytes gives up its oldest changes, and only watches of that namespace or of all of them
 * find their revision compacted: one namespace cannot push out what another needs. What is older than five minutes goes too, as in etcd
 * under a kube-apiserver with its default {@code --etcd-compaction-interval}.
 */
final class History {

    private static final Duration KEPT = Duration.ofMinutes(5);

    /** What a change takes beside its object's bytes, roughly. */
    private static final int OVERHEAD = 200;

    private final int mostChanges;
    private final long mostBytes;
    private final Map<String, Lane> lanes = new HashMap<>();
    private int changes;
    private long bytes;
    /** Of namespaces without a lane, changes after this revision are known: there were none. */
    private long forgotten;
    /** The highest of all floors. */
    private long highest;

    /** A history that begins after the revision. */
    History(long revision, StoreLimits limits) {
        this.forgotten = revision;
        this.highest = revision;
        this.mostChanges = limits.historyEvents();
        this.mostBytes = limits.historyBytes();
    }

    /**
     * One change.
     *
     * @param previous the object's revision before, 0 when there was none
     * @param stamped the object's bytes as the file holds or, for a deletion, held them
     * @param at when it was, by {@link System#nanoTime()}, which no jump of the clock disturbs
     */
    record Change(Type type, ObjectKey key, long revision, long previous, byte[] stamped, long at) {

        StoredObject object() {
            return Codec.decode(key, revision, stamped, Codec.HEADER);
        }

        long size() {
            return stamped.length + (long) OVERHEAD;
        }
    }

    /** The changes of one namespace, oldest first; those after its floor are all known. */
    private static final class Lane {
        private final Deque<Change> changes = new ArrayDeque<>();
        private long bytes;
        private long floor;
        private long touched;
    }

    /** Changes that the scope covers are all known after this revision. */
    long floor(WatchSelector scope) {
        if (scope.namespace().isEmpty()) {
            return highest;
        }
        Lane lane = lanes.get(scope.namespace());
        return lane == null ? forgotten : lane.floor;
    }

    void append(Change change) {
        Lane lane = lanes.computeIfAbsent(change.key().namespace(), _ -> {
            Lane fresh = new Lane();
            fresh.floor = forgotten;
            return fresh;
        });
        lane.changes.add(change);
        lane.touched = change.at();
        lane.bytes += change.size();
        bytes += change.size();
        changes++;
        int slack = Math.max(1, mostChanges / 10);
        while (bytes > mostBytes || changes > mostChanges + slack) {
            shortenLargest();
        }
    }

    private void shortenLargest() {
        lanes.values()
                .stream()
                .max(Comparator.comparingLong(lane -> lane.bytes))
                .ifPresent(lane -> {
                    int surplus = Math.max(1, lane.changes.size() / 10);
                    for (int i = 0; i < surplus; i++) {
                        dropOldest(lane);
                    }
                });
    }

    private void dropOldest(Lane lane) {
        Change oldest = lane.changes.remove();
        lane.bytes -= oldest.size();
        lane.floor = oldest.revision();
        highest = Math.max(highest, lane.floor);
        bytes -= oldest.size();
        changes--;
    }

    /** Forgets what is older than five minutes. */
    void expire(long now) {
        lanes.values().removeIf(lane -> {
            while (!lane.changes.isEmpty() && now - lane.changes.element().at() > KEPT.toNanos()) {
                dropOldest(lane);
            }
            // Until then the lane is kept even when it is empty, as its floor is its own.
            boolean old = lane.changes.isEmpty() && now - lane.touched > KEPT.toNanos();
            if (old) {
                forgotten = Math.max(forgotten, lane.floor);
            }
            return old;
        });
    }

    /** The scope's changes after the revision, in their order. */
    List<ObjectEvent> after(long revision, WatchSelector scope) {
        Stream<Lane> searched = scope.namespace().isEmpty() ? lanes.values().stream()
                : Optional.ofNullable(lanes.get(scope.namespace())).stream();
        List<ObjectEvent> found = new ArrayList<>();
        searched.forEach(lane -> collect(lane, revision, scope, found));
        found.sort(Comparator.comparingLong(event -> event.object().revision()));
        return found;
    }

    private static void collect(Lane lane, long revision, WatchSelector scope, List<ObjectEvent> found) {
        Map<Long, Change> byRevision = new HashMap<>();
        for (Change change : lane.changes) {
            byRevision.put(change.revision(), change);
            if (change.revision() > revision && scope.covers(change.key())) {
                Optional<StoredObject> previous = Optional.ofNullable(byRevision.get(change.previous()))
                        .map(Change::object);
                found.add(new ObjectEvent(change.type(), change.object(), previous));
            }
        }
    }

    /** How many bytes it holds. */
    long bytes() {
        return bytes;
    }
}
