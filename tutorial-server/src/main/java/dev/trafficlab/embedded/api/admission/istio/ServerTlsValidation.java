package dev.trafficlab.embedded.api.admission.istio;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules for the TLS settings of a Gateway's server or a Sidecar's listener. */
final class ServerTlsValidation {

    private static final Set<String> PASS_THROUGH = Set.of("PASSTHROUGH", "AUTO_PASSTHROUGH");
    private static final Set<String> TERMINATING = Set.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL");
    private static final Set<String> OLD_VERSIONS = Set.of("TLSV1_0", "TLSV1_1");

    private final WebhookFindings findings;

    ServerTlsValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    /** The mode, which is PASSTHROUGH when none is given. */
    static String mode(ProtoJson tls) {
        return tls.isSet("mode") ? tls.text("mode") : "PASSTHROUGH";
    }

    static boolean isPassThrough(ProtoJson tls) {
        return PASS_THROUGH.contains(mode(tls));
    }

    void check(ProtoJson tls) {
        if (OLD_VERSIONS.contains(tls.text("minProtocolVersion")) && tls.texts("cipherSuites").isEmpty()) {
            findings.warning(
                    "TLS version below TLSV1_2 require setting compatible ciphers as by default they no longer "
                            + "include compatible ciphers.");
        }
        String mode = mode(tls);
        if (mode.equals("ISTIO_MUTUAL")) {
            checkIstioMutual(tls);
            return;
        }
        if (isPassThrough(tls) && hasCertificates(tls)) {
            findings.warning(mode + " mode does not use certificates, they will be ignored");
        }
        checkOneSource(tls);
        boolean fetched = tls.isSet("credentialName") || !tls.texts("credentialNames").isEmpty();
        if (TERMINATING.contains(mode) && fetched) {
            return;
        }
        if (TERMINATING.contains(mode)) {
            checkFiles(tls, mode);
        }
        checkRevocationList(tls, mode);
    }

    private void checkIstioMutual(ProtoJson tls) {
        forbid(tls.isSet("serverCertificate"), "server certificate");
        forbid(tls.isSet("privateKey"), "private key");
        forbid(tls.isSet("caCertificates"), "CA bundle");
        forbid(!tls.messages("tlsCertificates").isEmpty(), "tlsCertificates");
        forbid(tls.isSet("credentialName"), "credentialName");
        forbid(!tls.texts("credentialNames").isEmpty(), "credentialNames");
    }

    private void forbid(boolean there, String what) {
        if (there) {
            findings.error("ISTIO_MUTUAL TLS cannot have associated " + what);
        }
    }

    private static boolean hasCertificates(ProtoJson tls) {
        return Stream.of("caCrl", "serverCertificate", "privateKey", "caCertificates", "credentialName")
                .anyMatch(tls::isSet) || !tls.messages("tlsCertificates").isEmpty()
                || !tls.texts("credentialNames").isEmpty();
    }

    private void checkOneSource(ProtoJson tls) {
        long sources = Stream.of(tls.isSet("serverCertificate") && tls.isSet("privateKey"),
                tls.isSet("credentialName"), !tls.texts("credentialNames").isEmpty(),
                !tls.messages("tlsCertificates").isEmpty()).filter(there -> there).count();
        if (sources > 1) {
            findings.error("only one of credential_name, credential_names, server_certificate/private_key, "
                    + "tls_certificates should be specified");
        }
    }

    private void checkFiles(ProtoJson tls, String mode) {
        String prefix = mode.equals("SIMPLE") ? "SIMPLE TLS" : "MUTUAL TLS";
        if (!mode.equals("SIMPLE") && !tls.isSet("caCertificates")) {
            findings.error(prefix + " requires a client CA bundle");
        }
        List<ProtoJson> listed = tls.messages("tlsCertificates");
        if (listed.size() > 2) {
            findings.warning(prefix + " can support up to 2 server certificates");
        }
        for (ProtoJson certificate : listed.isEmpty() ? List.of(tls) : listed) {
            if (!certificate.isSet("serverCertificate")) {
                findings.error(prefix + " requires a server certificate");
            }
            if (!certificate.isSet("privateKey")) {
                findings.error(prefix + " requires a private key");
            }
        }
    }

    private void checkRevocationList(ProtoJson tls, String mode) {
        if (!tls.isSet("caCrl")) {
            return;
        }
        if (tls.isSet("credentialName")) {
            findings.error("CRL is not supported with credentialName. CRL has to be specified in the credential");
        }
        if (mode.equals("SIMPLE")) {
            findings.error("CRL is not supported with SIMPLE TLS");
        }
    }
}
