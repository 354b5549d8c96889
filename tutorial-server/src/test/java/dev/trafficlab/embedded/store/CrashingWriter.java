package dev.trafficlab.embedded.store;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The process that {@link StoreCrashTests} kills: writes without end on several threads, and says on standard output what was
 * acknowledged ({@code A thread operation}) and what a watcher heard ({@code E revision type name operation}).
 */
final class CrashingWriter {

    static final int THREADS = 4;
    private static final int KEYS = 20;
    private static final int DELETION = 5;

    private CrashingWriter() {}

    /** Arguments: the file, the revision to watch from, and for each thread the operation to begin with. */
    public static void main(String[] arguments) {
        ObjectStore store = ObjectStore.open(Optional.of(Path.of(arguments[0])));
        PrintStream out = System.out;
        store.watch("", "", Long.parseLong(arguments[1]), event -> out.println("E " + event.object().revision() + " "
                + event.type() + " "
                + event.object().key().name() + " " + event.object().value().path("operation").asInt()));
        for (int thread = 0; thread < THREADS; thread++) {
            int self = thread;
            int first = Integer.parseInt(arguments[2 + thread]);
            Thread.ofPlatform().start(() -> write(store, self, first, out));
        }
    }

    private static void write(ObjectStore store, int thread, int first, PrintStream out) {
        for (int operation = first;; operation++) {
            operate(store, thread, operation);
            out.println("A " + thread + " " + operation);
        }
    }

    /** What a thread's operation does is fixed, so that everybody knows what must be there after it. */
    private static void operate(ObjectStore store, int thread, int operation) {
        if (operation % DELETION == 0) {
            store.remove(key(thread, operation - 1), OptionalLong.empty());
            return;
        }
        ObjectNode value = JsonNodeFactory.instance.objectNode();
        value.putObject("metadata").put("name", key(thread, operation).name());
        value.put("operation", operation).put("ballast", "x".repeat(operation * 37 % 3000));
        store.put(key(thread, operation), value, OptionalLong.empty());
    }

    static ObjectKey key(int thread, int operation) {
        return new ObjectKey("things", "thread-" + thread, "thing-" + thread + "-" + operation % KEYS);
    }

    /** The operation that the key's object comes from after the thread's first operations; 0 when it is not there. */
    static int expected(int thread, int key, int operations) {
        int last = 0;
        for (int operation = 1; operation <= operations; operation++) {
            boolean deletion = operation % DELETION == 0;
            if ((deletion ? operation - 1 : operation) % KEYS == key) {
                last = deletion ? 0 : operation;
            }
        }
        return last;
    }

    static int keys() {
        return KEYS;
    }
}
