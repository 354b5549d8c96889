package dev.trafficlab.embedded.api.watch;

import java.util.Arrays;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.trafficlab.embedded.api.ApiException;
import dev.trafficlab.embedded.api.ApiResponse;
import dev.trafficlab.embedded.api.response.Responses;
import dev.trafficlab.embedded.store.CompactedException;
import dev.trafficlab.embedded.store.ObjectEvent;
import dev.trafficlab.embedded.store.ObjectEvent.Type;
import dev.trafficlab.embedded.store.ObjectStore;
import dev.trafficlab.embedded.store.ObjectStore.Snapshot;
import dev.trafficlab.embedded.store.ObjectStore.Subscription;
import dev.trafficlab.embedded.store.StoreUnavailableException;
import dev.trafficlab.embedded.store.StoredObject;

/**
 * One running watch. After its start everything is written on the store's dispatcher thread, so lines never overlap and stay in the
 * order of revisions.
 */
final class Watch implements AutoCloseable {

    private static final byte[] NEWLINE = {'\n'};

    private final ObjectStore store;
    private final WatchOrder order;
    private final ApiResponse.Sink sink;
    private final Watches.SharedLines lines;
    private final Consumer<Watch> ended;
    private Subscription subscription = () -> {};
    private boolean first = true;
    private long told;
    private volatile boolean live;
    private volatile boolean closed;

    Watch(ObjectStore store, WatchOrder order, ApiResponse.Sink sink, Watches.SharedLines lines,
            Consumer<Watch> ended) {
        this.store = store;
        this.order = order;
        this.sink = sink;
        this.lines = lines;
        this.ended = ended;
    }

    void start() {
        try {
            told = order.revision().isPresent() ? order.revision().getAsLong() : tellPresentState();
            synchronized (this) {
                subscription = store.watch(order.resource(), order.namespace(), told, this::tell, this::finish);
                if (closed) {
                    subscription.close();
                }
            }
            live = true;
        } catch (CompactedException e) {
            write("ERROR", Watches.expired(String.valueOf(e.getMessage())).status());
            finish();
        } catch (StoreUnavailableException e) {
            write("ERROR", ApiException.unavailable(e).status());
            finish();
        }
    }

    private long tellPresentState() {
        Snapshot snapshot = store.list(order.resource(), order.namespace());
        snapshot.objects().stream().filter(order.wanted()).forEach(object -> write("ADDED", object));
        if (order.initialEvents()) {
            write("BOOKMARK", order.view().bookmark(snapshot.revision(), true));
        }
        return snapshot.revision();
    }

    private void tell(ObjectEvent event) {
        told = event.object().revision();
        boolean now = event.type() != Type.DELETED && order.wanted().test(event.object());
        // What it was before may be forgotten: then it may have been wanted.
        boolean before = event.type() != Type.ADDED && event.previous().map(order.wanted()::test).orElse(true);
        if (now) {
            write(before ? "MODIFIED" : "ADDED", event);
        } else if (before) {
            write("DELETED", event);
        }
    }

    /** Says, on the dispatcher's thread, that everything up to the revision has been told. */
    void bookmark(long revision) {
        if (live && order.bookmarks() && revision >= told) {
            write("BOOKMARK", order.view().bookmark(revision, false));
        }
    }

    /** Ends the answer once everything that has happened so far is told. */
    void end() {
        store.whenTold(_ -> finish());
    }

    private void finish() {
        if (!closed) {
            close();
            sink.close();
        }
    }

    private void write(String type, ObjectEvent event) {
        if (!closed) {
            sink.write(lines.line(event, type, order.view(), first));
            first = false;
        }
    }

    private void write(String type, StoredObject object) {
        write(type, order.view().watched(object.value(), first));
        first = false;
    }

    private void write(String type, ObjectNode object) {
        if (!closed) {
            sink.write(line(type, object));
        }
    }

    static byte[] line(String type, ObjectNode object) {
        ObjectNode event = JsonNodeFactory.instance.objectNode().put("type", type);
        event.set("object", object);
        byte[] json = Responses.bytes(event);
        byte[] line = Arrays.copyOf(json, json.length + NEWLINE.length);
        line[json.length] = NEWLINE[0];
        return line;
    }

    /** The client has gone. */
    @Override
    public synchronized void close() {
        closed = true;
        subscription.close();
        ended.accept(this);
    }
}
