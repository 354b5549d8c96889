package dev.trafficlab.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server for the tests of a class, with a {@linkplain Bystander} at work all the time. After each test the bystander must be
 * unharmed; then what the attackers' labs hold is taken from them, and the heap must be back within a tenth of what it was before.
 */
final class ServerUnderAttack implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final double BACK = 1.1;
    private static final int AT_ONCE = 150;
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private final List<String> javaOptions;
    private final List<String> settings;
    private final List<AttackLab> labs = new CopyOnWriteArrayList<>();
    private Path folder = Path.of("");
    private AttackServer server;
    private Bystander bystander;
    private long heapBefore;

    @SuppressWarnings("NullAway.Init") // the tests run between beforeAll and afterAll
    private ServerUnderAttack(List<String> javaOptions, List<String> settings) {
        this.javaOptions = javaOptions;
        this.settings = settings;
    }

    /** With a gigabyte of heap. */
    static ServerUnderAttack with(String... settings) {
        return withHeap("1g", settings);
    }

    static ServerUnderAttack withHeap(String size, String... settings) {
        return new ServerUnderAttack(List.of("-Xmx" + size), List.of(settings));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        folder = Files.createTempDirectory("under-attack");
        List<String> all = new ArrayList<>(settings);
        // The history is a budget that any load may fill for five minutes: kept small, it does not hide what else stays.
        all.add("--tutorial.store.history=2MB");
        server = AttackServer.start(folder, javaOptions, all.toArray(String[]::new));
        bystander = Bystander.working(server);
        fillPools();
        bystander.isUnharmed();
        heapBefore = server.heapAfterCollection();
    }

    /** What Tomcat keeps of the connections that it reads at the same time, for the next ones, has a bound, which any load reaches. */
    private void fillPools() throws IOException {
        List<Socket> reading = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            reading.add(socket);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        for (Socket socket : reading) {
            socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            socket.close();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        bystander.isUnharmed();
        labs.forEach(AttackLab::reset);
        labs.clear();
        Awaitility.await()
                .atMost(RECOVERY)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(server.heapAfterCollection())
                        .as("heap after the attack, which was " + heapBefore)
                        .isLessThanOrEqualTo((long) (heapBefore * BACK)));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
        bystander.close();
        server.close();
        FileSystemUtils.deleteRecursively(folder);
    }

    /** A lab of an attacker's own, whose objects are deleted after the test. */
    AttackLab newLab() {
        AttackLab lab = server.newLab();
        labs.add(lab);
        return lab;
    }

    /** Asserts that nothing of the bystander's failed or took too long since it was last asked for. */
    void harmsNobody() {
        bystander.isUnharmed();
    }

    /** See {@link AttackServer#send}. */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return server.send(method, path, body, headers);
    }

    /** The process that is attacked. */
    AttackServer process() {
        return server;
    }

    /** The file that the server keeps its objects in. */
    Path store() {
        return folder.resolve("data", "cluster.mv");
    }
}
