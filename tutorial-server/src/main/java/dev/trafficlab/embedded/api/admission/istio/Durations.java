package dev.trafficlab.embedded.api.admission.istio;

import java.util.List;
import java.util.OptionalLong;

import dev.trafficlab.embedded.api.admission.GoDuration;

/** The rules for durations. */
public final class Durations {

    private Durations() {}

    /** Checks those of the fields that are set. */
    public static void check(ProtoJson owner, List<String> fields, WebhookFindings findings) {
        fields.forEach(field -> check(owner.duration(field), findings));
    }

    private static void check(OptionalLong nanos, WebhookFindings findings) {
        if (nanos.isEmpty()) {
            return;
        }
        if (nanos.getAsLong() < GoDuration.MILLISECOND) {
            findings.error("duration must be greater than 1ms");
        } else if (nanos.getAsLong() % GoDuration.MILLISECOND != 0) {
            findings.error("only durations to ms precision are supported");
        }
    }
}
