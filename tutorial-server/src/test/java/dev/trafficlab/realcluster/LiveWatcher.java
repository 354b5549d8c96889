package dev.trafficlab.realcluster;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/** A browser's live socket that keeps all frames. */
final class LiveWatcher implements WebSocket.Listener, AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder frame = new StringBuilder();
    private final WebSocket socket;

    LiveWatcher(Replica replica, Student student) {
        String address = "127.0.0.1:" + replica.port();
        socket = http.newWebSocketBuilder()
                .header("Origin", "http://" + address)
                .header("Cookie", student.id() + "="
                        + student.token())
                .buildAsync(URI.create("ws://" + address + "/labs/" + student.id() + "/live"), this)
                .join();
    }

    /** The newest frame about the element, empty before there is any. */
    String newest(String element) {
        return frames.reversed()
                .stream()
                .filter(sent -> sent.contains("id=\"" + element + "\""))
                .findFirst()
                .orElse("");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
        frame.append(part);
        if (last) {
            frames.add(frame.toString());
            frame.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
