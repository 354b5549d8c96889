package dev.trafficlab.embedded.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.trafficlab.embedded.store.ObjectEvent.Type;
import dev.trafficlab.embedded.store.ObjectStore.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class ObjectStoreTests {

    private static final ObjectKey RED = new ObjectKey("pods", "lab", "red");
    private static final ObjectKey GREEN = new ObjectKey("pods", "lab", "green");

    private final ObjectStore store = ObjectStore.open(Optional.empty(), StoreLimits.ofEvents(100));

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aWriteCanBeReadAtItsRevision() {
        StoredObject written = put(RED, 1);

        assertThat(store.get(RED)).contains(written);
        assertThat(written.revision()).isEqualTo(store.revision());
        assertThat(written.value().at("/metadata/resourceVersion").asText()).isEqualTo(Long.toString(written
                .revision()));
    }

    @Test
    void aWriteIsFreeOfTheCallersObject() {
        ObjectNode value = value(1);
        store.put(RED, value, OptionalLong.empty());

        value.put("size", 2);

        assertThat(size(RED)).isEqualTo(1);
    }

    @Test
    void anEqualValueChangesNothing() {
        StoredObject first = put(RED, 1);
        ObjectNode same = JsonNodeFactory.instance.objectNode();
        same.put("size", 1L);
        same.putObject("metadata").put("resourceVersion", "7").put("name", "object");

        StoredObject second = store.put(RED, same, OptionalLong.empty());

        assertThat(second).isEqualTo(first);
        assertThat(store.revision()).isEqualTo(first.revision());
    }

    @Test
    void anExpectationThatDoesNotHoldIsAConflict() {
        StoredObject first = store.put(RED, value(1), OptionalLong.of(0));
        put(RED, 2);

        assertThatThrownBy(() -> store.put(RED, value(3), OptionalLong.of(first.revision())))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> store.put(RED, value(3), OptionalLong.of(0))).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> store.remove(RED, OptionalLong.of(first.revision())))
                .isInstanceOf(ConflictException.class);
        assertThat(size(RED)).isEqualTo(2);
    }

    @Test
    void removingTwiceIsFine() {
        put(RED, 1);

        assertThat(store.remove(RED, OptionalLong.empty())).isPresent();
        assertThat(store.remove(RED, OptionalLong.empty())).isEmpty();
        assertThat(store.get(RED)).isEmpty();
    }

    @Test
    void listsByNamespaceAndName() {
        put(RED, 1);
        put(GREEN, 1);
        put(new ObjectKey("pods", "lab-2", "red"), 1);
        put(new ObjectKey("podsets", "lab", "red"), 1);

        assertThat(keys(store.list("pods", ""))).extracting(ObjectKey::namespace, ObjectKey::name)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("lab", "green"),
                        org.assertj.core.groups.Tuple.tuple("lab", "red"),
                        org.assertj.core.groups.Tuple.tuple("lab-2", "red"));
        assertThat(keys(store.list("pods", "lab"))).containsExactly(GREEN, RED);
        assertThat(store.list("pods", "la").objects()).isEmpty();
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 0; i < 25; i++) {
            put(new ObjectKey("pods", "lab", "p" + (char) ('a' + i)), i);
        }
        List<ObjectKey> seen = new ArrayList<>();
        Snapshot page = store.page("pods", "", Optional.empty(), 10);
        while (!page.objects().isEmpty()) {
            seen.addAll(keys(page));
            page = store.page("pods", "", Optional.of(page.objects().getLast().key()), 10);
        }

        assertThat(seen).isEqualTo(keys(store.list("pods", "")));
        List<ObjectKey> each = new ArrayList<>();
        store.forEach("pods", "lab", object -> each.add(object.key()));
        assertThat(each).isEqualTo(seen);
    }

    @Test
    void aWatchTellsWhatItMissedThenWhatHappens() {
        long start = put(RED, 1).revision();
        put(RED, 2);
        Queue<ObjectEvent> events = new ConcurrentLinkedQueue<>();

        store.watch("pods", "lab", start, events::add);
        put(GREEN, 1);
        put(new ObjectKey("pods", "other", "x"), 1);
        put(new ObjectKey("services", "lab", "x"), 1);
        store.remove(RED, OptionalLong.empty());

        await().untilAsserted(() -> assertThat(events).extracting(ObjectEvent::type)
                .containsExactly(Type.MODIFIED,
                        Type.ADDED, Type.DELETED));
        assertThat(events).allSatisfy(event -> assertThat(event.object()
                .value()
                .at("/metadata/resourceVersion")
                .asLong())
                .isEqualTo(event.object().revision()));
        assertThat(events).last().satisfies(event -> {
            assertThat(event.object().value().path("size").asInt()).isEqualTo(2);
            assertThat(event.previous()).isPresent();
        });
    }

    @Test
    void theHistoryTellsWhatAnObjectWasBefore() {
        long start = put(RED, 1).revision();
        put(RED, 2);
        Queue<ObjectEvent> events = new ConcurrentLinkedQueue<>();

        store.watch("", "", start, events::add);

        await().untilAsserted(() -> assertThat(events).hasSize(1));
        assertThat(events.element().previous()).get().satisfies(before -> {
            assertThat(before.revision()).isEqualTo(start);
            assertThat(before.value().path("size").asInt()).isEqualTo(1);
        });
    }

    @Test
    void aWatchOlderThanTheHistoryIsRefused() {
        long start = put(RED, 0).revision();
        for (int i = 1; i < 200; i++) {
            put(RED, i);
        }

        assertThatThrownBy(() -> store.watch("pods", "", start, _ -> {})).isInstanceOf(CompactedException.class);
        store.watch("pods", "", store.revision() - 100, _ -> {}).close();
    }

    @Test
    void aClosedWatchHearsNothing() {
        Queue<ObjectEvent> closed = new ConcurrentLinkedQueue<>();
        Queue<ObjectEvent> open = new ConcurrentLinkedQueue<>();
        store.watch("pods", "", 0, closed::add).close();
        store.watch("pods", "", 0, open::add);

        put(RED, 1);

        await().untilAsserted(() -> assertThat(open).hasSize(1));
        assertThat(closed).isEmpty();
    }

    @Test
    void aFailingWatcherDoesNotHarmTheOthers() {
        Queue<ObjectEvent> events = new ConcurrentLinkedQueue<>();
        store.watch("pods", "", 0, _ -> {
            throw new IllegalStateException("bad watcher");
        });
        store.watch("pods", "", 0, events::add);

        put(RED, 1);
        put(RED, 2);

        await().untilAsserted(() -> assertThat(events).hasSize(2));
    }

    @Test
    void aReopenedStoreGoesOnWhereItWas(@TempDir Path folder) {
        Optional<Path> file = Optional.of(folder.resolve("deep/objects"));
        long start;
        try (ObjectStore before = ObjectStore.open(file, StoreLimits.ofEvents(100))) {
            start = before.put(RED, value(1), OptionalLong.empty()).revision();
            before.put(RED, value(2), OptionalLong.empty());
            before.put(GREEN, value(1), OptionalLong.empty());
            before.remove(GREEN, OptionalLong.empty());
        }
        try (ObjectStore after = ObjectStore.open(file, StoreLimits.ofEvents(100))) {
            assertThat(after.revision()).isEqualTo(start + 3);
            Queue<ObjectEvent> events = new ConcurrentLinkedQueue<>();
            after.watch("pods", "lab", start + 3, events::add);
            StoredObject third = after.put(RED, value(3), OptionalLong.empty());

            assertThat(third.revision()).isEqualTo(start + 4);
            await().untilAsserted(() -> assertThat(events).extracting(event -> event.object().revision())
                    .containsExactly(start + 4));
            assertThatThrownBy(() -> after.watch("pods", "lab", start, _ -> {}))
                    .isInstanceOf(CompactedException.class);
        }
    }

    @Test
    void aClosedStoreRefusesWrites() {
        ObjectStore closed = ObjectStore.open(Optional.empty(), StoreLimits.ofEvents(100));
        closed.close();

        assertThatThrownBy(() -> closed.put(RED, value(1), OptionalLong.empty())).isInstanceOf(
                StoreUnavailableException.class)
                .hasMessage("the store is closed");
    }

    @Test
    void anInterruptedReaderDoesNotCloseTheFile(@TempDir Path folder) {
        try (ObjectStore durable = ObjectStore.open(Optional.of(folder.resolve("objects")), StoreLimits.ofEvents(
                100))) {
            durable.put(RED, value(1), OptionalLong.empty());
            Thread.currentThread().interrupt();
            assertThat(durable.get(GREEN)).isEmpty();
            durable.put(GREEN, value(1), OptionalLong.empty());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(durable.list("pods", "lab").objects()).hasSize(2);
        }
    }

    private StoredObject put(ObjectKey key, int size) {
        return store.put(key, value(size), OptionalLong.empty());
    }

    private int size(ObjectKey key) {
        return store.get(key).orElseThrow().value().path("size").asInt();
    }

    private static List<ObjectKey> keys(Snapshot snapshot) {
        return snapshot.objects().stream().map(StoredObject::key).toList();
    }

    private static ObjectNode value(int size) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.putObject("metadata").put("name", "object");
        return value.put("size", size);
    }
}
