package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.List;
import java.util.Optional;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.GatewayNames;
import dev.trafficlab.embedded.api.admission.istio.Hosts;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for TLS and TCP routes of a VirtualService. */
final class ConnectionRouteValidation {

    private final WebhookFindings findings;
    private final List<String> hosts;

    ConnectionRouteValidation(WebhookFindings findings, List<String> hosts) {
        this.findings = findings;
        this.hosts = hosts;
    }

    void checkTls(ProtoJson route) {
        if (route.messages("match").isEmpty()) {
            findings.error("TLS route must have at least one match condition");
        }
        for (ProtoJson match : route.messages("match")) {
            if (match.texts("sniHosts").isEmpty()) {
                findings.error("TLS match must have at least one SNI host");
            }
            match.texts("sniHosts").forEach(this::checkSniHost);
            checkMatch(match);
        }
        if (route.messages("route").isEmpty()) {
            findings.error("TLS route is required");
        }
        new DestinationValidation(findings).checkWeighted(route.messages("route"));
    }

    void checkTcp(ProtoJson route) {
        route.messages("match").forEach(this::checkMatch);
        if (route.messages("route").isEmpty()) {
            findings.error("TCP route is required");
        }
        new DestinationValidation(findings).checkWeighted(route.messages("route"));
    }

    private void checkMatch(ProtoJson match) {
        match.texts("destinationSubnets").forEach(subnet -> findings.error(DomainNames.checkSubnet(subnet)));
        if (match.number("port") != 0) {
            findings.error(DomainNames.checkPort(match.number("port")));
        }
        DomainNames.checkLabels(match, "sourceLabels", findings);
        GatewayNames.check(match.texts("gateways"), findings);
    }

    private void checkSniHost(String host) {
        Optional<String> wrong = host.startsWith("outbound_") ? Optional.empty()
                : DomainNames.checkWildcardDomain(host);
        if (wrong.isPresent() && DomainNames.isIpAddress(host)) {
            findings.warning("using an IP address (" + DomainNames.quote(host)
                    + ") goes against SNI spec and most clients do not support this");
        } else if (wrong.isPresent()) {
            findings.error(wrong);
        } else if (hosts.stream().noneMatch(own -> Hosts.isSubset(host, own))) {
            findings.error("SNI host " + DomainNames.quote(host)
                    + " is not a compatible subset of any of the virtual service hosts: [" + String.join(", ", hosts)
                    + "]");
        }
    }
}
