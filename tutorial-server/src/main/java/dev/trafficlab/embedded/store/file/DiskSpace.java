package dev.trafficlab.embedded.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** How much room the disk of the store's file has left. Without a file there is always enough. Safe for any number of threads. */
public final class DiskSpace {

    private static final long MOST_RESERVED = 64L << 20;
    private static final int SHARE = 10;

    private final Optional<FileStore> disk;
    private final long reserve;

    private DiskSpace(Optional<FileStore> disk, long reserve) {
        this.disk = disk;
        this.reserve = reserve;
    }

    /** The disk below the file, whose folder must exist. */
    public static DiskSpace of(Optional<Path> file, OptionalLong reserve) {
        try {
            if (file.isEmpty()) {
                return new DiskSpace(Optional.empty(), 0);
            }
            FileStore disk = Files.getFileStore(file.get().toAbsolutePath().getParent());
            return new DiskSpace(Optional.of(disk),
                    reserve.orElse(Math.min(MOST_RESERVED, disk.getTotalSpace() / SHARE)));
        } catch (IOException e) {
            throw new UncheckedIOException("the disk of " + file + " does not tell its size", e);
        }
    }

    /** Bytes that this process can still write; unlimited when the disk does not tell. */
    public long usable() {
        try {
            return disk.isPresent() ? disk.get().getUsableSpace() : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Bytes that are to stay free of new objects. */
    long reserve() {
        return reserve;
    }

    public boolean isShort() {
        return usable() < reserve;
    }
}
