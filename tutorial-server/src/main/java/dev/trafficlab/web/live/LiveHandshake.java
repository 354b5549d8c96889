package dev.trafficlab.web.live;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.web.security.LearnerAccess;

/** Opens a lab's socket to its own learner alone. */
@Component
class LiveHandshake implements HandshakeInterceptor {

    private static final String PREFIX = "/labs/";
    private static final String SUFFIX = "/live";

    private final LearnerAccess access;
    private final Labs labs;

    LiveHandshake(LearnerAccess access, Labs labs) {
        this.access = access;
        this.labs = labs;
    }

    @Override
    public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            Map<String, Object> attributes) {
        String labId = labId(request.getURI().getPath());
        if (!(request instanceof ServletServerHttpRequest http) || !access.opens(labId, http.getServletRequest())) {
            response.setStatusCode(HttpStatus.FORBIDDEN);
            return false;
        }
        String course = labs.find(labId).map(Lab::course).orElse("");
        attributes.put(LiveSocket.VISIT, new LiveSocket.Visit(labId, course, http.getServletRequest().getLocale()));
        return true;
    }

    @Override
    public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            @Nullable Exception failure) {
        // Nothing to add: a failed handshake has its status already.
    }

    private static String labId(String path) {
        int start = path.lastIndexOf(PREFIX) + PREFIX.length();
        int end = path.length() - SUFFIX.length();
        return start < end ? path.substring(start, end) : "";
    }
}
