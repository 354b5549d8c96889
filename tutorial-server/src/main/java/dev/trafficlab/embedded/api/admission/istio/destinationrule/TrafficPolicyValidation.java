package dev.trafficlab.embedded.api.admission.istio.destinationrule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.Durations;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for the traffic policy of a DestinationRule or of one of its subsets. */
final class TrafficPolicyValidation {

    private static final List<String> PORT_SETTINGS = List.of("outlierDetection", "connectionPool", "loadBalancer",
            "tls");

    private final WebhookFindings findings;
    private final LoadBalancerValidation loadBalancers;

    TrafficPolicyValidation(WebhookFindings findings) {
        this.findings = findings;
        loadBalancers = new LoadBalancerValidation(findings);
    }

    void check(ProtoJson policy) {
        boolean empty = Stream.concat(PORT_SETTINGS.stream(), Stream.of("portLevelSettings", "tunnel", "proxyProtocol",
                "retryBudget")).noneMatch(policy::has);
        if (empty) {
            findings.error("traffic policy must have at least one field");
            return;
        }
        if (policy.has("tunnel") && policy.has("proxyProtocol")) {
            findings.error("tunnel and proxyProtocol must not be set together");
            return;
        }
        checkSettings(policy);
        policy.messages("portLevelSettings").forEach(this::checkPort);
        policy.message("tunnel").ifPresent(this::checkTunnel);
    }

    private void checkSettings(ProtoJson policy) {
        policy.message("outlierDetection").ifPresent(this::checkOutliers);
        policy.message("connectionPool").ifPresent(new ConnectionPoolValidation(findings)::check);
        policy.message("loadBalancer").ifPresent(balancer -> loadBalancers.check(balancer, policy));
        policy.message("tls").ifPresent(new ClientTlsValidation(findings)::check);
    }

    private void checkPort(ProtoJson policy) {
        if (!policy.has("port")) {
            findings.error("portTrafficPolicy must have valid port");
        }
        if (PORT_SETTINGS.stream().noneMatch(policy::has)) {
            findings.error("port traffic policy must have at least one field");
        } else {
            checkSettings(policy);
        }
    }

    private void checkOutliers(ProtoJson outliers) {
        Durations.check(outliers, List.of("baseEjectionTime"), findings);
        if (outliers.number("consecutiveErrors") != 0) {
            findings.warning("outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or "
                    + "consecutive5xxErrors instead");
        }
        if (!outliers.flag("splitExternalLocalOriginErrors")
                && outliers.number("consecutiveLocalOriginFailures") > 0) {
            findings.error("outlier detection consecutive local origin failures is specified, but split external local "
                    + "origin errors is set to false");
        }
        Durations.check(outliers, List.of("interval"), findings);
        checkPercent(outliers.number("maxEjectionPercent"));
        checkPercent(outliers.number("minHealthPercent"));
    }

    private void checkPercent(long value) {
        if (value < 0 || value > 100) {
            findings.error("percentage " + value + " is not in range 0..100");
        }
    }

    private void checkTunnel(ProtoJson tunnel) {
        if (tunnel.isSet("protocol") && !List.of("CONNECT", "POST").contains(tunnel.text("protocol"))) {
            findings.error("tunnel protocol must be \"CONNECT\" or \"POST\"");
        }
        String host = tunnel.text("targetHost");
        Optional<String> noName = DomainNames.checkDomain(host);
        Optional<String> noAddress = DomainNames.checkIpAddress(host);
        if (noName.isPresent() && noAddress.isPresent()) {
            findings.error("tunnel target host must be valid FQDN or IP address: " + noName.get() + "; "
                    + noAddress.get());
        }
        findings.error(DomainNames.checkPort(tunnel.number("targetPort"))
                .map(wrong -> "tunnel target port is invalid: " + wrong));
    }
}
