package dev.trafficlab.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.Cookie;

import static org.awaitility.Awaitility.await;

/**
 * A Chromium for another program to drive through its debugging port.
 *
 * <p>Playwright is attached only while it sets cookies: a browser that it drives stops each new page until Playwright has looked at it,
 * and an auditor of that page then times out or finds it gone. The port is the browser's own choice, so no other process can take it
 * first.
 */
final class DebuggedChromium implements AutoCloseable {

    private final Process process;
    private final int port;

    private DebuggedChromium(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it with a profile in this folder, and waits until its port is open. */
    static DebuggedChromium start(Path profile) throws IOException {
        Files.createDirectories(profile);
        List<String> command = new ArrayList<>(List.of(Chromium.executable().toString(), "--headless=new",
                "--remote-debugging-port=0", "--user-data-dir=" + profile));
        command.addAll(Chromium.ARGUMENTS);
        command.add("about:blank");
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(profile.resolve("chromium.log").toFile())
                .start();
        // Written by the browser once it listens: its port, and a path in the second line.
        Path open = profile.resolve("DevToolsActivePort");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(open) && Files.readString(open).contains("\n"));
        return new DebuggedChromium(process, Integer.parseInt(Files.readAllLines(open).getFirst()));
    }

    int port() {
        return port;
    }

    void addCookies(List<Cookie> cookies) {
        if (cookies.isEmpty()) {
            return;
        }
        try (Playwright playwright = Chromium.playwright();
                Browser browser = playwright.chromium().connectOverCDP("http://127.0.0.1:" + port)) {
            browser.contexts().getFirst().addCookies(cookies);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
