package dev.trafficlab.metrics;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import dev.trafficlab.gateway.RequestListener;
import dev.trafficlab.lab.Labs;

/** Counts what learners do, around the labs and the gateway as they are. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

    /** A real cluster is asked for its labs at most this often, however many scrapers there are. */
    private static final Duration LABS_COUNTED_EVERY = Duration.ofSeconds(10);

    @Bean
    @Primary
    Labs countedLabs(@Qualifier("labs") Labs labs, MeterRegistry registry) {
        return (Labs) Proxy.newProxyInstance(Labs.class.getClassLoader(), new Class<?>[]{Labs.class},
                new CountedLabs(labs, registry));
    }

    @Bean
    RequestListener gatewayCounter(MeterRegistry registry) {
        return new GatewayCounter(registry);
    }

    @Bean
    MeterBinder labsGauge(@Qualifier("labs") Labs labs) {
        LoadingCache<String, Integer> count = Caffeine.newBuilder()
                .expireAfterWrite(LABS_COUNTED_EVERY)
                .build(key -> labs.all().size());
        Supplier<Number> live = () -> count.get("labs");
        return registry -> Gauge.builder("trafficlab.labs", live)
                .description("Labs there are now")
                .strongReference(true)
                .register(registry);
    }
}
