package dev.trafficlab.web.live;

import java.util.List;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** Serves the live panel's socket. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class LiveConfiguration implements WebSocketConfigurer {

    private final LiveSocket socket;
    private final LiveHandshake handshake;

    LiveConfiguration(LiveSocket socket, LiveHandshake handshake) {
        this.socket = socket;
        this.handshake = handshake;
    }

    @Override
    public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
        // The handshake judges the origin itself, as Spring's own check tells nobody what it refused.
        registry.addHandler(socket, LiveHandshake.PATH)
                .setAllowedOriginPatterns("*")
                .addInterceptors(handshake)
                .setHandshakeHandler(new Uncompressed());
    }

    /** Frames are small and many: deflating them would cost more than all the rest of the panel. */
    private static final class Uncompressed extends DefaultHandshakeHandler {

        @Override
        protected List<WebSocketExtension> filterRequestedExtensions(ServerHttpRequest request,
                List<WebSocketExtension> requested, List<WebSocketExtension> supported) {
            return List.of();
        }
    }
}
