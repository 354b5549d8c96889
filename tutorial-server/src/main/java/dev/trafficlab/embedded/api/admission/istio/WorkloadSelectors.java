package dev.trafficlab.embedded.api.admission.istio;

/** The rules for selecting workloads by their labels. */
final class WorkloadSelectors {

    private WorkloadSelectors() {}

    static void check(Message selector, String field, Findings findings) {
        selector.strings(field).forEach((key, value) -> {
            String shown = Names.quote(key + "=" + value);
            if (key.isEmpty()) {
                findings.error("empty key is not supported in selector: " + shown);
            }
            if (key.contains("*") || value.contains("*")) {
                findings.error("wildcard is not supported in selector: " + shown);
            }
        });
    }
}
