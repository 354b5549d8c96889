package dev.trafficlab.embedded.api.admission.istio.destinationrule;

import java.util.stream.Stream;

import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for the TLS settings of connections to a destination. */
final class ClientTlsValidation {

    private final WebhookFindings findings;

    ClientTlsValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(ProtoJson tls) {
        boolean simple = tls.text("mode").equals("SIMPLE");
        boolean mutual = tls.text("mode").equals("MUTUAL");
        if (tls.flag("insecureSkipVerify")) {
            checkUnverified(tls, simple, mutual);
        }
        if ((simple || mutual) && tls.isSet("credentialName")) {
            if (Stream.of("clientCertificate", "caCertificates", "privateKey", "caCrl").anyMatch(tls::isSet)) {
                findings.error(
                        "cannot specify client certificates or CA certificate or CA CRL If credentialName is set");
            }
            return;
        }
        if (mutual && !tls.isSet("clientCertificate")) {
            findings.error("client certificate required for mutual tls");
        }
        if (mutual && !tls.isSet("privateKey")) {
            findings.error("private key required for mutual tls");
        }
    }

    private void checkUnverified(ProtoJson tls, boolean simple, boolean mutual) {
        boolean names = tls.isSet("caCertificates") || tls.has("subjectAltNames");
        if (simple && (names || tls.isSet("credentialName"))) {
            findings.error(
                    "cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is "
                            + "set true");
        }
        if (mutual && names) {
            findings.error("cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true");
        }
    }
}
