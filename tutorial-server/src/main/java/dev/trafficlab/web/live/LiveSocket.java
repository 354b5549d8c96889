package dev.trafficlab.web.live;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;

import dev.trafficlab.traffic.Traffic;

/**
 * Sends each watching browser the newest picture of its lab. The feed calls a listener with one picture at a time and skips those it
 * was too slow for, so what waits for a slow browser is never more than one picture.
 */
@Component
class LiveSocket extends AbstractWebSocketHandler implements SmartLifecycle {

    /** The attribute of a session that says who watches what. */
    static final String VISIT = "visit";

    private static final Logger log = LoggerFactory.getLogger(LiveSocket.class);
    private static final int SEND_LIMIT_MILLIS = 10_000;
    private static final int BUFFER_LIMIT_BYTES = 256 * 1024;

    /** Pages that may watch one lab at a time: a learner's tabs and the instructor's. */
    private static final int MOST_OF_A_LAB = 64;

    private final Traffic traffic;
    private final LiveRenderer frames;
    private final RolloutStream news;
    private final Map<String, Viewer> viewers = new ConcurrentHashMap<>();
    private volatile boolean running;

    LiveSocket(Traffic traffic, LiveRenderer frames, RolloutStream news) {
        this.traffic = traffic;
        this.frames = frames;
        this.news = news;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        WebSocketSession safe = new ConcurrentWebSocketSessionDecorator(session, SEND_LIMIT_MILLIS, BUFFER_LIMIT_BYTES);
        session.setTextMessageSizeLimit(IncomingMessages.LARGEST);
        session.setBinaryMessageSizeLimit(IncomingMessages.LARGEST);
        Visit visit = (Visit) Objects.requireNonNull(session.getAttributes().get(VISIT), "handshake without a lab");
        LiveRenderer.Reel reel = frames.reel(visit);
        Traffic.Watching watching = traffic.watch(visit.labId(), picture -> send(safe, reel.next(picture)));
        RolloutStream.Following following = news.follow(visit.labId(), visit.locale(), html -> send(safe, html));
        viewers.put(session.getId(), new Viewer(safe, visit.labId(), watching, following,
                new IncomingMessages(InstantSource.system())));
        if (!session.isOpen()) {
            afterConnectionClosed(session, CloseStatus.NORMAL);
        }
        if (viewers.values().stream().filter(viewer -> viewer.lab().equals(visit.labId())).count() > MOST_OF_A_LAB) {
            close(safe, CloseStatus.POLICY_VIOLATION.withReason("More than " + MOST_OF_A_LAB
                    + " pages watch this lab already."));
        }
    }

    /** The panel listens to nothing that a browser says; what is said too often or too fast ends the connection. */
    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
        Viewer viewer = viewers.get(session.getId());
        if (viewer != null && !viewer.incoming().take()) {
            close(viewer.session(), CloseStatus.POLICY_VIOLATION.withReason(
                    "Too many messages: this socket only tells."));
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        Viewer viewer = viewers.remove(session.getId());
        if (viewer != null) {
            viewer.watching().close();
            viewer.following().close();
        }
    }

    /** How many panels are connected now. */
    int open() {
        return viewers.size();
    }

    /** Says hello to every browser, so that proxies keep the connection and a browser that has gone is noticed. */
    void ping() {
        viewers.values().forEach(viewer -> Thread.startVirtualThread(() -> send(viewer.session(), new PingMessage())));
    }

    @Override
    public void start() {
        running = true;
    }

    /** Tells the browsers that the server restarts: they come back by themselves then, which they don't after a plain goodbye. */
    @Override
    public void stop() {
        running = false;
        viewers.values().forEach(viewer -> close(viewer.session(), CloseStatus.SERVICE_RESTARTED));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private static void send(WebSocketSession session, String html) {
        send(session, new TextMessage(html));
    }

    private static void send(WebSocketSession session, WebSocketMessage<?> message) {
        try {
            if (session.isOpen()) {
                session.sendMessage(message);
            }
        } catch (IOException | RuntimeException gone) {
            log.atDebug().addKeyValue("error", gone.toString()).log("live panel lost");
            close(session, CloseStatus.SESSION_NOT_RELIABLE);
        }
    }

    private static void close(WebSocketSession session, CloseStatus status) {
        try {
            session.close(status);
        } catch (IOException alreadyGone) {
            log.atDebug().addKeyValue("error", alreadyGone.toString()).log("live panel already closed");
        }
    }

    /** Who watches what: the lab, its address as the browser sees it, its course, and the language to tell it in. */
    record Visit(String labId, String address, String course, Locale locale) {}

    /** A browser that watches. */
    private record Viewer(WebSocketSession session, String lab, Traffic.Watching watching,
            RolloutStream.Following following, IncomingMessages incoming) {}
}
