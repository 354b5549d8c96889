package dev.trafficlab.web.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** How many live panels are connected. */
@Component
record LiveMetrics(LiveSocket socket) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("trafficlab.sockets", socket, LiveSocket::open)
                .description("Live panels that are connected")
                .register(registry);
    }
}
