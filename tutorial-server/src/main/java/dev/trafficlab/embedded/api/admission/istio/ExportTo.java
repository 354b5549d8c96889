package dev.trafficlab.embedded.api.admission.istio;

import java.util.HashSet;
import java.util.List;

/** The rules for {@code exportTo}: which namespaces see a rule. */
public final class ExportTo {

    private static final String PRIVATE = ".";
    private static final String PUBLIC = "*";
    private static final String NONE = "~";

    private ExportTo() {}

    /** @param noneAllowed whether the rule may be hidden from everybody, as only a ServiceEntry may */
    public static void check(List<String> namespaces, String own, boolean noneAllowed, WebhookFindings findings) {
        var seen = new HashSet<String>();
        for (String namespace : namespaces) {
            String key = namespace.equals(PRIVATE) ? own : namespace;
            if (seen.contains(key)) {
                findings.error(key.equals(namespace)
                        ? "duplicate entries in exportTo for entry " + namespace
                        : "duplicate entries in exportTo: . and current namespace " + own);
            } else if (isVisibility(key) || (noneAllowed && namespace.equals(NONE))) {
                seen.add(key);
            } else {
                findings.error(key.equals(NONE)
                        ? "exportTo ~ (none) is not allowed for Istio configuration objects"
                        : "only .,*, or a valid DNS 1123 label is allowed as exportTo entry");
            }
        }
        if (seen.contains(PUBLIC) && namespaces.size() > 1) {
            findings.error("cannot have both public (*) and non-public exportTo values for a resource");
        }
        if (seen.contains(NONE) && namespaces.size() > 1) {
            findings.error("cannot export service entry to no one (~) and someone");
        }
    }

    private static boolean isVisibility(String key) {
        return key.equals(PRIVATE) || key.equals(PUBLIC) || DomainNames.isLabel(key);
    }
}
