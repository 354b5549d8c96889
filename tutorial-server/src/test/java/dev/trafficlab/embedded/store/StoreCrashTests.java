package dev.trafficlab.embedded.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Kills a writing process again and again: what was acknowledged, and what a watcher was told, is there. */
class StoreCrashTests {

    private static final int KILLS = 50;
    private static final int FEWEST_LINES = 20;
    private static final int MOST_LINES = 3_000;

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    private final int[] acknowledged = new int[CrashingWriter.THREADS];
    private final Map<String, Integer> heard = new TreeMap<>();
    private long lastRevision;

    @Test
    void survivesFiftyKills(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("objects");
        for (int kill = 0; kill < KILLS; kill++) {
            writeAndDie(file);
            check(file);
        }
        assertThat(lastRevision).isGreaterThan(KILLS * FEWEST_LINES / 2);
    }

    private void writeAndDie(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), CrashingWriter.class.getName(),
                file.toString(),
                Long.toString(lastRevision)));
        for (int last : acknowledged) {
            command.add(Integer.toString(last + 1));
        }
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            int most = random.nextInt(FEWEST_LINES, MOST_LINES);
            StringBuilder line = new StringBuilder();
            int count = 0;
            // Without its end a line was cut off by the death.
            for (int c = lines.read(); c >= 0; c = lines.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                note(line.toString().trim());
                line.setLength(0);
                if (++count == most) {
                    // The handle kills without closing the pipe, as Process itself would.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(count).as("lines of a process that was to be killed").isGreaterThanOrEqualTo(most);
        }
        process.waitFor();
    }

    private void note(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("A")) {
            acknowledged[Integer.parseInt(words[1])] = Integer.parseInt(words[2]);
            return;
        }
        long revision = Long.parseLong(words[1]);
        assertThat(revision).as("revision after " + lastRevision).isEqualTo(lastRevision + 1);
        lastRevision = revision;
        if (words[2].equals("DELETED")) {
            assertThat(heard.remove(words[3])).isNotNull();
        } else {
            assertThat(heard.put(words[3], Integer.parseInt(words[4])) == null).isEqualTo(words[2].equals("ADDED"));
        }
    }

    private void check(Path file) {
        try (ObjectStore store = ObjectStore.open(Optional.of(file))) {
            for (int thread = 0; thread < CrashingWriter.THREADS; thread++) {
                acknowledged[thread] = lastWritten(store, thread);
            }
            Map<String, Integer> stored = new TreeMap<>();
            ObjectStore.Snapshot snapshot = store.list("things", "");
            snapshot.objects()
                    .forEach(object -> stored.put(object.key().name(), object.value()
                            .path("operation")
                            .asInt()));
            assertThat(lastRevision).as("a watcher heard of nothing that is not there")
                    .isLessThanOrEqualTo(snapshot.revision());
            if (lastRevision < snapshot.revision()) {
                // What was written last was not told any more; the watcher has to list anew.
                assertThatThrownBy(() -> store.watch("", "", lastRevision, _ -> {}))
                        .isInstanceOf(CompactedException.class);
                heard.clear();
                heard.putAll(stored);
                lastRevision = snapshot.revision();
            }
            assertThat(heard).isEqualTo(stored);
            assertThat(lastRevision).isEqualTo(snapshot.revision());
        }
    }

    /** The thread's last operation in the store: the last acknowledged one, or the one that was under way. */
    private int lastWritten(ObjectStore store, int thread) {
        Map<Integer, Integer> found = new TreeMap<>();
        for (int key = 0; key < CrashingWriter.keys(); key++) {
            int operation = store.get(CrashingWriter.key(thread, key))
                    .map(object -> object.value()
                            .path("operation")
                            .asInt())
                    .orElse(0);
            found.put(key, operation);
        }
        Map<Integer, Integer> afterAcknowledged = expected(thread, acknowledged[thread]);
        if (found.equals(afterAcknowledged)) {
            return acknowledged[thread];
        }
        assertThat(found).as("objects of thread " + thread).isEqualTo(expected(thread, acknowledged[thread] + 1));
        return acknowledged[thread] + 1;
    }

    private static Map<Integer, Integer> expected(int thread, int operations) {
        Map<Integer, Integer> expected = new TreeMap<>();
        for (int key = 0; key < CrashingWriter.keys(); key++) {
            expected.put(key, CrashingWriter.expected(thread, key, operations));
        }
        return expected;
    }
}
