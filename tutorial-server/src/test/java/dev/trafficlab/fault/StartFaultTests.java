package dev.trafficlab.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.trafficlab.fault.FaultyServer.Lab;
import dev.trafficlab.fault.FaultyServer.Launch;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that cannot start says why and what to do, in two sentences, and ends with 1. */
class StartFaultTests {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private static void refuses(Launch launch, String what, String advice) throws IOException, InterruptedException {
        try (FaultyServer server = launch.begin()) {
            assertThat(server.awaitEnd(PATIENCE)).as(server.log()).isEqualTo(1);
            assertThat(server.log()).contains(what, advice)
                    .doesNotContain("\tat ", "Exception");
            assertThat(server.log().lines().count()).as(server.log()).isLessThan(25);
        }
    }

    /** A folder with a store in which a lab wrote something, as a killed server left it. */
    private Path usedFolder() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        try (FaultyServer server = Launch.on(data).ready()) {
            Lab lab = server.lab();
            for (int i = 0; i < 20; i++) {
                assertThat(lab.write("map-" + i, "x".repeat(2_000) + i).statusCode()).isEqualTo(201);
            }
        }
        return data;
    }

    @Test
    void ofTwoServersOnAFolderTheSecondIsRefusedAndTheFirstGoesOn() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        try (FaultyServer first = Launch.on(data).ready()) {
            Lab lab = first.lab();

            refuses(Launch.on(data), "Another server already uses the data folder " + data, "Stop the other server");

            assertThat(lab.write("still", "there").statusCode()).isEqualTo(201);
        }
    }

    @Test
    void aDataFolderThatIsAFileIsRefused() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        refuses(Launch.on(file), "The data folder " + file + " cannot be used", "Move the file away");

        assertThat(file).hasContent("not a folder");
    }

    @Test
    void aReadOnlyFolderIsRefused() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.ofMegabytes(48)) {
            try (FaultyServer server = Launch.on(disk.data()).ready()) {
                server.lab();
            }
            disk.makeReadOnly();

            refuses(Launch.on(disk.data()), "This process may not write to the data folder " + disk.data(),
                    "Give the server's user the right to write there");
        }
    }

    @Test
    void aNewStoreOnAFullDiskIsRefused() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.ofMegabytes(8)) {
            disk.fill();

            refuses(Launch.on(disk.data()), "The disk of the data folder " + disk.data() + " is full",
                    "Free some space");

            disk.free();
            try (FaultyServer server = Launch.on(disk.data()).ready()) {
                assertThat(server.lab().id()).isNotEmpty();
            }
        }
    }

    @Test
    void aTruncatedStoreIsRefusedAndLeftAsItIs() throws IOException, InterruptedException {
        Path store = usedFolder().resolve("cluster.mv");
        long whole = Files.size(store);
        for (long length : new long[]{whole - 4096, whole / 2, 0}) {
            truncate(store, length);

            try (FaultyServer server = Launch.on(folderOf(store)).begin()) {
                assertThat(server.awaitEnd(PATIENCE)).as(server.log()).isEqualTo(1);
                assertThat(server.log()).containsAnyOf("ends before the last write that was acknowledged", "is damaged")
                        .contains("Put a copy of the folder back, or move the file away")
                        .doesNotContain("\tat ");
            }
            assertThat(Files.size(store)).isEqualTo(length);
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(length);
        }
    }

    @Test
    void flippedBytesAreFound() throws IOException, InterruptedException {
        Path store = usedFolder().resolve("cluster.mv");
        try (RandomAccessFile opened = new RandomAccessFile(store.toFile(), "rw")) {
            for (long at = 3 * 4096L; at < opened.length(); at += 509) {
                opened.seek(at);
                int old = opened.read();
                opened.seek(at);
                opened.write(old ^ 0x55);
            }
        }

        refuses(Launch.on(folderOf(store)), "The store " + store + " is damaged", "Put a copy of the folder back");
    }

    @Test
    void aKubeconfigThatIsNotThereIsRefused() throws IOException, InterruptedException {
        Path missing = folder.resolve("kubeconfig");
        refuses(Launch.on(folder.resolve("data"))
                .setting("--tutorial.cluster=kubeconfig",
                        "--tutorial.kubeconfig.file=" + missing), "The kubeconfig " + missing + " does not exist",
                "Correct tutorial.kubeconfig.file");
    }

    @Test
    void anOccupiedPortIsRefused() throws IOException, InterruptedException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("0.0.0.0"))) {
            refuses(Launch.on(folder.resolve("data")).at(other.getLocalPort()), "was already in use",
                    "Identify and stop the process");
        }
    }

    private static Path folderOf(Path store) {
        return Objects.requireNonNull(store.getParent());
    }
}
