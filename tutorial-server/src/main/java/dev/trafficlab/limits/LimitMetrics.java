package dev.trafficlab.limits;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** Counts what each limit refused: a class that is turned away, or a program that asks too much. */
@Component
record LimitMetrics(Limits limits) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, "starts", limits.starts());
        bind(registry, "new-labs", limits.newLabs());
        bind(registry, "sign-ins", limits.signInFailures());
        bind(registry, "sign-in-checks", limits.signInChecks());
        bind(registry, "secrets", limits.secretFailures());
        bind(registry, "changes", limits.changes());
        bind(registry, "reads", limits.reads());
        bind(registry, "requests", limits.requests());
        bind(registry, "calls", limits.calls());
    }

    private static void bind(MeterRegistry registry, String name, Limit limit) {
        FunctionCounter.builder("trafficlab.refusals", limit, Limit::refusals)
                .description("What a limit refused")
                .tag("limit", name)
                .register(registry);
    }
}
