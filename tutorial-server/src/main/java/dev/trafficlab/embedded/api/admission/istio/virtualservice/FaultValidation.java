package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.List;
import java.util.Set;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.Durations;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for injected faults. */
final class FaultValidation {

    private static final double LEAST = 0.0001;
    private static final double MOST = 100;
    private static final Set<String> GRPC_STATUSES = Set.of("OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
            "UNAUTHENTICATED");

    private final WebhookFindings findings;

    FaultValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(ProtoJson fault) {
        if (!fault.has("abort") && !fault.has("delay")) {
            findings.listedError("HTTP fault injection must have an abort and/or a delay");
        }
        fault.message("abort").ifPresent(this::checkAbort);
        fault.message("delay").ifPresent(this::checkDelay);
    }

    private void checkAbort(ProtoJson abort) {
        checkPercentage(abort);
        if (abort.has("httpStatus")) {
            HttpAnswerValidation.checkStatus(abort.number("httpStatus"), findings);
        } else if (abort.has("grpcStatus")) {
            String status = abort.text("grpcStatus");
            if (!GRPC_STATUSES.contains(status)) {
                findings.error("gRPC status " + DomainNames.quote(status)
                        + " is not supported. See https://github.com/grpc/grpc/blob/master/doc/statuscodes.md for a list of "
                        + "supported codes, for example 'NOT_FOUND'");
            }
        } else if (abort.has("http2Error")) {
            findings.error("HTTP/2 abort fault injection not supported yet");
        }
    }

    private void checkDelay(ProtoJson delay) {
        checkPercentage(delay);
        Durations.check(delay, List.of("fixedDelay", "exponentialDelay"), findings);
        if (delay.has("exponentialDelay")) {
            findings.listedError("exponentialDelay not supported yet");
        }
    }

    private void checkPercentage(ProtoJson fault) {
        double value = fault.at("percentage").decimal("value");
        if (value < 0 || value > MOST || (value > 0 && value < LEAST)) {
            findings.error("percentage " + show(value) + " is neither 0.0, nor in range [0.0001, 100.0]");
        }
    }

    private static String show(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
