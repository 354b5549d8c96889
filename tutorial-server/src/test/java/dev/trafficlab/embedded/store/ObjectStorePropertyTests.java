package dev.trafficlab.embedded.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.trafficlab.embedded.store.ObjectEvent.Type;
import dev.trafficlab.embedded.store.ObjectStore.Snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What must hold whatever is written, in whatever order. The seeds make every run the same. */
class ObjectStorePropertyTests {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void behavesAsASortedMapThroughRestarts(long seed, @TempDir Path folder) {
        RandomGenerator random = random(seed);
        Map<String, Integer> model = new TreeMap<>();
        for (int restart = 0; restart < 4; restart++) {
            try (ObjectStore store = ObjectStore.open(Optional.of(folder.resolve("objects")), StoreLimits.ofEvents(
                    50))) {
                assertThat(contents(store.list("things", ""))).isEqualTo(model);
                for (int i = 0; i < 150; i++) {
                    change(store, model, random);
                }
                assertThat(contents(store.list("things", ""))).isEqualTo(model);
            }
        }
    }

    private static void change(ObjectStore store, Map<String, Integer> model, RandomGenerator random) {
        ObjectKey key = key(random);
        String name = key.namespace() + "/" + key.name();
        if (random.nextInt(4) == 0) {
            assertThat(store.remove(key, OptionalLong.empty()).isPresent()).isEqualTo(model.remove(name) != null);
            return;
        }
        int size = random.nextInt(3);
        long before = store.revision();
        store.put(key, value(size), OptionalLong.empty());
        Integer old = model.put(name, size);
        boolean changed = old == null || old != size;
        assertThat(store.revision()).isEqualTo(changed ? before + 1 : before);
    }

    @Test
    void listAndWatchNeverDisagreeUnderConcurrentWrites() throws Exception {
        try (ObjectStore store = ObjectStore.open(Optional.empty());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = java.util.stream.LongStream.range(0, 8)
                    .<Future<?>>mapToObj(seed -> threads
                            .submit(() -> {
                                RandomGenerator random = random(seed);
                                for (int i = 0; i < 500; i++) {
                                    write(store, random);
                                }
                            }))
                    .toList();
            List<Follower> followers = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 50; i++) {
                followers.add(Follower.start(store));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            Map<String, Integer> wanted = contents(store.list("things", ""));
            for (Follower follower : followers) {
                await().untilAsserted(() -> assertThat(Map.copyOf(follower.seen)).isEqualTo(wanted));
                assertThat(follower.revisions).isSorted().doesNotHaveDuplicates();
            }
        }
    }

    private static void write(ObjectStore store, RandomGenerator random) {
        ObjectKey key = key(random);
        if (random.nextInt(3) == 0) {
            store.remove(key, OptionalLong.empty());
        } else {
            store.put(key, value(random.nextInt(1000)), OptionalLong.empty());
        }
    }

    @Test
    void ofManyWritersThatExpectTheSameRevisionOneWins() throws Exception {
        try (ObjectStore store = ObjectStore.open(Optional.empty());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            ObjectKey key = new ObjectKey("things", "a", "counter");
            store.put(key, value(0), OptionalLong.empty());
            List<Future<?>> writers = java.util.stream.IntStream.range(0, 8)
                    .<Future<?>>mapToObj(_ -> threads.submit(() -> {
                        for (int i = 0; i < 100; i++) {
                            increment(store, key);
                        }
                    }))
                    .toList();
            for (Future<?> writer : writers) {
                writer.get();
            }

            assertThat(store.get(key).orElseThrow().value().path("size").asInt()).isEqualTo(800);
        }
    }

    private static void increment(ObjectStore store, ObjectKey key) {
        while (true) {
            StoredObject current = store.get(key).orElseThrow();
            try {
                store.put(key, value(current.value().path("size").asInt() + 1), OptionalLong.of(current.revision()));
                return;
            } catch (ConflictException e) {
                // somebody was faster
            }
        }
    }

    /** Lists, then watches, as an informer does. */
    private static final class Follower {

        private final Map<String, Integer> seen = new ConcurrentSkipListMap<>();
        private final List<Long> revisions = new CopyOnWriteArrayList<>();

        static Follower start(ObjectStore store) {
            Follower follower = new Follower();
            Snapshot snapshot = store.list("things", "");
            follower.seen.putAll(contents(snapshot));
            store.watch("things", "", snapshot.revision(), follower::hear);
            return follower;
        }

        private void hear(ObjectEvent event) {
            revisions.add(event.object().revision());
            String name = event.object().key().namespace() + "/" + event.object().key().name();
            if (event.type() == Type.DELETED) {
                assertThat(seen.remove(name)).isNotNull();
            } else {
                assertThat(seen.put(name, event.object().value().path("size").asInt()) == null)
                        .isEqualTo(event.type() == Type.ADDED);
            }
        }
    }

    private static Map<String, Integer> contents(Snapshot snapshot) {
        Map<String, Integer> contents = new TreeMap<>();
        snapshot.objects()
                .forEach(object -> contents.put(object.key().namespace() + "/" + object.key().name(),
                        object.value().path("size").asInt()));
        return contents;
    }

    private static ObjectKey key(RandomGenerator random) {
        return new ObjectKey("things", "n" + random.nextInt(3), "o" + random.nextInt(10));
    }

    private static ObjectNode value(int size) {
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.putObject("metadata");
        return value.put("size", size);
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
