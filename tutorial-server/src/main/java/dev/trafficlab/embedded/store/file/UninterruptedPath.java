package dev.trafficlab.embedded.store.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;

import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Opens the store's file so that an interrupted reader cannot close it for everybody, as it would with a {@link FileChannel}.
 * Public only because H2 creates instances by reflection.
 */
public final class UninterruptedPath extends FilePathWrapper {

    private static final String SCHEME = "uninterrupted";

    /** For H2. */
    public UninterruptedPath() {}

    /** The name under which MVStore opens the file in this way. */
    static String of(String path) {
        FilePath.register(new UninterruptedPath());
        return SCHEME + ":" + path;
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(new RandomAccessFile(getBase().toString(), mode));
    }

    private static final class Channel extends FileBaseDefault {

        private final RandomAccessFile file;

        Channel(RandomAccessFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.length();
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            file.seek(position);
            int count = file.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
            if (count > 0) {
                target.position(target.position() + count);
            }
            return count;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            int count = source.remaining();
            file.seek(position);
            file.write(source.array(), source.arrayOffset() + source.position(), count);
            source.position(source.limit());
            return count;
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.setLength(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.getFD().sync();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.getChannel().tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
