package dev.trafficlab.embedded.api.admission.istio;

import java.util.HashSet;

/** The rules for DestinationRules. */
final class DestinationRuleRules {

    private final Findings findings;

    DestinationRuleRules(Findings findings) {
        this.findings = findings;
    }

    void check(Message spec, String namespace) {
        findings.error(Names.checkWildcardDomain(spec.text("host")));
        var policies = new TrafficPolicyRules(findings);
        spec.message("trafficPolicy").ifPresent(policies::check);
        var names = new HashSet<String>();
        for (Message subset : spec.messages("subsets")) {
            String name = subset.text("name");
            if (!names.add(name)) {
                findings.error("duplicate subset names: " + name);
            }
            new Destinations(findings).checkSubsetName(name);
            Names.checkLabels(subset, "labels", findings);
            subset.message("trafficPolicy").ifPresent(policies::check);
        }
        ExportTo.check(spec.texts("exportTo"), namespace, false, findings);
        spec.message("workloadSelector").ifPresent(selector -> checkSelector(selector, spec, namespace));
    }

    private void checkSelector(Message selector, Message spec, String namespace) {
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
