package dev.trafficlab.web.live;

import java.util.concurrent.TimeUnit;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Keeps idle sockets alive. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Heartbeat {

    private final LiveSocket socket;

    Heartbeat(LiveSocket socket) {
        this.socket = socket;
    }

    @Scheduled(fixedRate = 25, timeUnit = TimeUnit.SECONDS)
    void beat() {
        socket.ping();
    }
}
