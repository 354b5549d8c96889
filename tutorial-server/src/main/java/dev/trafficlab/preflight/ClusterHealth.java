package dev.trafficlab.preflight;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The preflight as a detail of readiness. It never makes this server unready: learners would then lose the very page that says what is
 * wrong with the cluster. Looks are taken behind the scenes, as whoever asks for readiness does not wait.
 */
final class ClusterHealth implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterHealth.class);
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Preflight preflight;
    private final Executor threads;
    private final InstantSource clock;
    private final AtomicBoolean looking = new AtomicBoolean();

    ClusterHealth(Preflight preflight, Executor threads, InstantSource clock) {
        this.preflight = preflight;
        this.threads = threads;
        this.clock = clock;
    }

    @Override
    public Health health() {
        boolean fresh = preflight.last().filter(report -> report.at().plus(FRESH).isAfter(clock.instant())).isPresent();
        if (!fresh && looking.compareAndSet(false, true)) {
            threads.execute(this::look);
        }
        return preflight.last()
                .map(ClusterHealth::health)
                .orElseGet(() -> Health.unknown()
                        .withDetail("cluster",
                                "not looked at yet")
                        .build());
    }

    private void look() {
        try {
            preflight.look();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("no look at the cluster this time");
        } finally {
            looking.set(false);
        }
    }

    private static Health health(Report report) {
        Map<String, String> details = new LinkedHashMap<>();
        report.findings()
                .forEach(finding -> details.put(finding.subject(), (finding.found() + " " + finding.advice())
                        .strip()));
        return (report.passed() ? Health.up() : Health.unknown()).withDetails(details).build();
    }
}
