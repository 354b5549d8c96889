package dev.trafficlab.embedded.api.admission.istio;

/** The rules for selecting workloads by their labels. */
public final class WorkloadSelectors {

    private WorkloadSelectors() {}

    public static void check(ProtoJson selector, String field, WebhookFindings findings) {
        selector.strings(field).forEach((key, value) -> {
            String shown = DomainNames.quote(key + "=" + value);
            if (key.isEmpty()) {
                findings.error("empty key is not supported in selector: " + shown);
            }
            if (key.contains("*") || value.contains("*")) {
                findings.error("wildcard is not supported in selector: " + shown);
            }
        });
    }
}
