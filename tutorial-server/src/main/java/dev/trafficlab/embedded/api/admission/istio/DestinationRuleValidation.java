package dev.trafficlab.embedded.api.admission.istio;

import java.util.HashSet;

/** The rules for DestinationRules. */
final class DestinationRuleValidation {

    private final WebhookFindings findings;

    DestinationRuleValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(ProtoJson spec, String namespace) {
        findings.error(DomainNames.checkWildcardDomain(spec.text("host")));
        var policies = new TrafficPolicyValidation(findings);
        spec.message("trafficPolicy").ifPresent(policies::check);
        var names = new HashSet<String>();
        for (ProtoJson subset : spec.messages("subsets")) {
            String name = subset.text("name");
            if (!names.add(name)) {
                findings.error("duplicate subset names: " + name);
            }
            new DestinationValidation(findings).checkSubsetName(name);
            DomainNames.checkLabels(subset, "labels", findings);
            subset.message("trafficPolicy").ifPresent(policies::check);
        }
        ExportTo.check(spec.texts("exportTo"), namespace, false, findings);
        spec.message("workloadSelector").ifPresent(selector -> checkSelector(selector, spec, namespace));
    }

    private void checkSelector(ProtoJson selector, ProtoJson spec, String namespace) {
        boolean beyond = spec.texts("exportTo").stream().anyMatch(to -> !to.equals(".") && !to.equals(namespace));
        if (beyond) {
            findings.error("destination rule with workload selector cannot have exportTo beyond current namespace");
        }
        WorkloadSelectors.check(selector, "matchLabels", findings);
        if (selector.keys("matchLabels").isEmpty()) {
            findings.warning("workload selector specified without labels");
        }
    }
}
