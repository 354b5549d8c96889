package dev.trafficlab.embedded.api.admission.istio;

import java.util.List;

/** The rules for references to Gateways. */
public final class GatewayNames {

    private GatewayNames() {}

    public static void check(List<String> names, WebhookFindings findings) {
        for (String name : names) {
            int slash = name.indexOf('/');
            if (slash < 0) {
                checkShort(name, findings);
                // Istio looks no further after a name without a namespace.
                return;
            }
            checkFull(name.substring(0, slash), name.substring(slash + 1), findings);
        }
    }

    private static void checkShort(String name, WebhookFindings findings) {
        if (name.contains(".")) {
            String[] parts = name.split("\\.", -1);
            findings.warning("using legacy gatewayName format " + DomainNames.quote(name)
                    + "; prefer the <namespace>/<name> format: " + DomainNames.quote(parts[1] + "/" + parts[0]));
        }
        findings.error(DomainNames.checkDomain(name));
    }

    private static void checkFull(String namespace, String name, WebhookFindings findings) {
        if (namespace.isEmpty() || name.isEmpty()) {
            findings.error("config namespace and gateway name cannot be empty");
        }
        if (!DomainNames.isLabel(namespace)) {
            findings.error("invalid value for namespace: " + DomainNames.quote(namespace));
        }
        if (!DomainNames.isLabel(name)) {
            findings.error("invalid value for gateway name: " + DomainNames.quote(name));
        }
    }
}
