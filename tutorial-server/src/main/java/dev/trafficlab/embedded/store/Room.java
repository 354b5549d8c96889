package dev.trafficlab.embedded.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

import dev.trafficlab.embedded.store.file.DiskSpace;

/** Whether disk and heap have room for new objects, and what to say when they have not. Safe for any number of threads. */
final class Room {

    static final String DISK_FULL = "The disk of the server's data folder is nearly full, so nothing new is stored. "
            + "Delete what is not needed, or ask the operator to free space; the server goes on by itself then.";

    private static final String HEAP_FULL = "The server is short of memory, so nothing new is stored. Delete what is not needed, "
            + "or try again later.";

    private final DiskSpace disk;
    private final HeapSpace heap = new HeapSpace();

    Room(Optional<Path> file, OptionalLong reserve) {
        this.disk = DiskSpace.of(file, reserve);
    }

    boolean isDiskShort() {
        return disk.isShort();
    }

    void require() {
        if (disk.isShort()) {
            throw new StoreUnavailableException(DISK_FULL);
        }
        if (heap.isShort()) {
            throw new StoreUnavailableException(HEAP_FULL);
        }
    }

    /** Why a write could not be made durable. */
    StoreUnavailableException unwritable(Throwable cause) {
        return new StoreUnavailableException(disk.isShort() || disk.usable() < 1 << 20
                ? DISK_FULL
                : "The write could not be stored (" + cause.getClass().getSimpleName()
                        + "); nothing was changed. Try again in a moment.");
    }
}
