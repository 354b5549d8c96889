package dev.trafficlab.web.live;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPattern.PathMatchInfo;
import org.springframework.web.util.pattern.PathPatternParser;

import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.limits.TooManyRequestsException;
import dev.trafficlab.web.security.LearnerAccess;
import dev.trafficlab.web.security.RequestPath;

/** Opens a lab's socket to its own learner alone. */
@Component
class LiveHandshake implements HandshakeInterceptor {

    /** Where sockets are opened. */
    static final String PATH = "/labs/{labId}/live";

    private static final PathPattern ADDRESS = PathPatternParser.defaultInstance.parse(PATH);

    private final LearnerAccess access;
    private final Labs labs;
    private final SameOrigin origins;

    LiveHandshake(LearnerAccess access, Labs labs, SameOrigin origins) {
        this.access = access;
        this.labs = labs;
        this.origins = origins;
    }

    @Override
    public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            Map<String, Object> attributes) {
        if (!(request instanceof ServletServerHttpRequest http)) {
            response.setStatusCode(HttpStatus.FORBIDDEN);
            return false;
        }
        HttpServletRequest asked = http.getServletRequest();
        String labId = labId(asked);
        if (!origins.admits(asked) || !opens(labId, asked)) {
            response.setStatusCode(HttpStatus.FORBIDDEN);
            return false;
        }
        String course = labs.find(labId).map(Lab::course).orElse("");
        String address = asked.getContextPath() + "/labs/" + labId;
        attributes.put(LiveSocket.VISIT, new LiveSocket.Visit(labId, address, course, asked.getLocale()));
        return true;
    }

    /** Where too many wrong secrets came, there is no page to say so. */
    private boolean opens(String labId, HttpServletRequest request) {
        try {
            return access.opens(labId, request);
        } catch (TooManyRequestsException e) {
            return false;
        }
    }

    @Override
    public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
            @Nullable Exception failure) {
        // Nothing to add: a failed handshake has its status already.
    }

    private static String labId(HttpServletRequest request) {
        PathMatchInfo match = ADDRESS.matchAndExtract(PathContainer.parsePath(RequestPath.of(request)));
        return match == null ? "" : match.getUriVariables().getOrDefault("labId", "");
    }
}
