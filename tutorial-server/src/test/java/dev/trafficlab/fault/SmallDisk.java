package dev.trafficlab.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** A file system of its own in memory, to be filled and made read-only. Needs root, and says so. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk ofMegabytes(int size) throws IOException, InterruptedException {
        assertThat(run("id", "-u").strip()).as("user id: these tests mount file systems and must run as root")
                .isEqualTo("0");
        Path folder = Files.createTempDirectory("small-disk");
        run("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", folder.toString());
        return new SmallDisk(folder);
    }

    Path data() {
        return folder.resolve("data");
    }

    /** Leaves no byte free. */
    void fill() throws IOException {
        byte[] block = new byte[64 << 10];
        try (var out = Files.newOutputStream(folder.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(Files.getFileStore(folder).getUsableSpace()).isLessThan(block.length);
        }
    }

    /** Frees what {@link #fill} took. */
    void free() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    void makeReadOnly() throws IOException, InterruptedException {
        run("mount", "-o", "remount,ro", folder.toString());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command) + ": " + output).isZero();
        return output;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", "-l", folder.toString());
        Files.delete(folder);
    }
}
