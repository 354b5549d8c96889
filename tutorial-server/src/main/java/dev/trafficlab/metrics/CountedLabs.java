package dev.trafficlab.metrics;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import dev.trafficlab.lab.ApplyOutcome;
import dev.trafficlab.lab.CheckOutcome;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.LabsFullException;

/** Calls the labs, and counts starts, applies, checks and resets by how they ended. */
final class CountedLabs implements InvocationHandler {

    private final Labs labs;
    private final MeterRegistry registry;

    CountedLabs(Labs labs, MeterRegistry registry) {
        this.labs = labs;
        this.registry = registry;
        // From the start, at 0: a rate needs two points.
        List.of("started", "full", "failed").forEach(outcome -> counter("starts", outcome));
        List.of("applied", "rejected", "conflicted", "failed").forEach(outcome -> counter("applies", outcome));
        List.of("done", "failed").forEach(outcome -> counter("resets", outcome));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            Object result = method.invoke(labs, arguments);
            count(method.getName(), result, arguments);
            return result;
        } catch (InvocationTargetException e) {
            countFailure(method.getName(), e.getCause());
            throw e.getCause();
        }
    }

    private void count(String method, @Nullable Object result, Object @Nullable [] arguments) {
        switch (method) {
            case "create" -> counter("starts", "started").increment();
            case "reset" -> counter("resets", "done").increment();
            default -> {
                if (result instanceof ApplyOutcome outcome) {
                    counter("applies", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT)).increment();
                } else if (method.equals("check") && result instanceof CheckOutcome outcome && arguments != null
                        && arguments.length > 1) {
                    checks(String.valueOf(arguments[1]), outcome.passed()).increment();
                }
            }
        }
    }

    private void countFailure(String method, @Nullable Throwable failure) {
        switch (method) {
            case "create" -> counter("starts", failure instanceof LabsFullException ? "full" : "failed").increment();
            case "apply", "applyManifest" -> counter("applies", "failed").increment();
            case "reset" -> counter("resets", "failed").increment();
            default -> {
                // Reads that fail are in http.server.requests.
            }
        }
    }

    private Counter counter(String name, String outcome) {
        return Counter.builder("trafficlab." + name)
                .description("What learners and instructors did, by how it ended: " + name)
                .tag("outcome", outcome)
                .register(registry);
    }

    /** By step as well: where a class is stuck. Only steps that exist come here. */
    private Counter checks(String step, boolean passed) {
        return Counter.builder("trafficlab.checks")
                .description("Checks run, by step and by how they ended")
                .tag("step", step)
                .tag("outcome", passed ? "passed" : "failed")
                .register(registry);
    }
}
