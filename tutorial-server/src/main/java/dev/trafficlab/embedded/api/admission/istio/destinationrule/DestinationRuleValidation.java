package dev.trafficlab.embedded.api.admission.istio.destinationrule;

import java.util.HashSet;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.ExportTo;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;
import dev.trafficlab.embedded.api.admission.istio.WorkloadSelectors;
import dev.trafficlab.embedded.api.admission.istio.virtualservice.DestinationValidation;

/** The rules for DestinationRules. */
public final class DestinationRuleValidation {

    private final WebhookFindings findings;

    public DestinationRuleValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    public void check(ProtoJson spec, String namespace) {
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
