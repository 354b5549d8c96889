package dev.trafficlab.embedded.store.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The revision that was last acknowledged, in a file beside the store's. MVStore takes a file that lost its end for one whose last writes
 * never came, and opens it at an older state; this number tells the two apart.
 */
final class AcknowledgedRevision implements AutoCloseable {

    private static final int LENGTH = Long.BYTES * 2;

    private final RandomAccessFile file;

    private AcknowledgedRevision(RandomAccessFile file) {
        this.file = file;
    }

    /** Where the number for the store's file is. */
    static Path beside(Path store) {
        return store.resolveSibling(store.getFileName() + ".revision");
    }

    /** What an earlier process left; empty when there is no such file or it makes no sense. */
    static OptionalLong read(Path store) throws IOException {
        Path path = beside(store);
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        if (bytes.length != LENGTH) {
            return OptionalLong.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long revision = buffer.getLong();
        return buffer.getLong() == checksum(bytes) ? OptionalLong.of(revision) : OptionalLong.empty();
    }

    /** Begins to keep the number, at the revision. */
    static AcknowledgedRevision open(Path store, long revision) throws IOException {
        AcknowledgedRevision opened = new AcknowledgedRevision(new RandomAccessFile(beside(store).toFile(), "rw"));
        opened.write(revision);
        return opened;
    }

    void write(long revision) throws IOException {
        byte[] bytes = ByteBuffer.allocate(LENGTH).putLong(revision).array();
        ByteBuffer.wrap(bytes).putLong(Long.BYTES, checksum(bytes));
        file.seek(0);
        file.write(bytes);
    }

    private static long checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, Long.BYTES);
        return sum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
