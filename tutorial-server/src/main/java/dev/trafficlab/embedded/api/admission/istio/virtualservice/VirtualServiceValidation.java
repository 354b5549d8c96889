package dev.trafficlab.embedded.api.admission.istio.virtualservice;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.trafficlab.embedded.api.admission.istio.DomainNames;
import dev.trafficlab.embedded.api.admission.istio.ExportTo;
import dev.trafficlab.embedded.api.admission.istio.GatewayNames;
import dev.trafficlab.embedded.api.admission.istio.Hosts;
import dev.trafficlab.embedded.api.admission.istio.ProtoJson;
import dev.trafficlab.embedded.api.admission.istio.WebhookFindings;

/** The rules for VirtualServices. */
public final class VirtualServiceValidation {

    private static final String MESH = "mesh";
    /** Of so many hosts every pair is named that overlaps; of more the first is. */
    private static final int MOST_COMPARED = 500;

    private final ProtoJson spec;
    private final WebhookFindings findings;
    private final List<String> hosts;
    private final List<String> gateways;

    public VirtualServiceValidation(ProtoJson spec, WebhookFindings findings) {
        this.spec = spec;
        this.findings = findings;
        hosts = spec.texts("hosts");
        gateways = spec.texts("gateways");
    }

    public void check(String namespace) {
        if (hosts.isEmpty()) {
            checkDelegate();
        }
        GatewayNames.check(gateways, findings);
        boolean gatewayOnly = !gateways.isEmpty() && !gateways.contains(MESH);
        if (!gatewayOnly) {
            checkNoClaims();
        }
        checkHosts(gatewayOnly);
        checkRoutes();
        ExportTo.check(spec.texts("exportTo"), namespace, false, findings);
        Stream.of("http", "tcp", "tls").forEach(kind -> new Reachability(findings).check(spec.messages(kind)));
        new PrefixCover(findings).check(spec.messages("http"));
    }

    private void checkDelegate() {
        forbidInDelegate(!gateways.isEmpty(), "gateways");
        forbidInDelegate(!spec.messages("tls").isEmpty(), "tls route");
        forbidInDelegate(!spec.messages("tcp").isEmpty(), "tcp route");
    }

    private void forbidInDelegate(boolean there, String what) {
        if (there) {
            findings.error("delegate virtual service must have no " + what + " specified");
        }
    }

    private void checkNoClaims() {
        spec.messages("http")
                .stream()
                .flatMap(route -> route.messages("match").stream())
                .flatMap(match -> Stream.of("headers", "withoutHeaders").flatMap(field -> match.keys(field).stream()))
                .filter(HeaderValidation::isClaim)
                .forEach(key -> findings.error("JWT claim based routing (key: " + key
                        + ") is only supported for gateway, found no gateways: [" + String.join(" ", gateways) + "]"));
    }

    private void checkHosts(boolean gatewayOnly) {
        boolean allValid = true;
        for (String host : hosts) {
            Optional<String> wrong = isGeneratedSni(host, gatewayOnly)
                    ? Optional.empty()
                    : DomainNames.checkWildcardDomain(host);
            if (wrong.isPresent() && !DomainNames.isIpAddress(host)) {
                findings.error(wrong);
                allValid = false;
            } else if (!gatewayOnly && host.equals("*")) {
                findings.error("wildcard host * is not allowed for virtual services bound to the mesh gateway");
                allValid = false;
            }
        }
        if (allValid) {
            checkDuplicateHosts();
        }
    }

    /** DomainNames such as {@code outbound_.80_._.shop.example} are made by Istio itself for traffic between networks. */
    private boolean isGeneratedSni(String host, boolean gatewayOnly) {
        return gatewayOnly && host.startsWith("outbound_") && spec.messages("tls")
                .stream()
                .flatMap(route -> route.messages("match").stream())
                .anyMatch(match -> !match.texts("sniHosts")
                        .isEmpty());
    }

    private void checkDuplicateHosts() {
        Optional<String> first = Hosts.firstOverlapping(hosts);
        if (first.isEmpty()) {
            return;
        }
        if (hosts.size() > MOST_COMPARED) {
            findings.error("duplicate hosts in virtual service: " + first.get() + " & another");
            return;
        }
        for (int i = 0; i < hosts.size(); i++) {
            for (String later : hosts.subList(i + 1, hosts.size())) {
                if (Hosts.overlap(hosts.get(i), later)) {
                    findings.error("duplicate hosts in virtual service: " + hosts.get(i) + " & " + later);
                }
            }
        }
    }

    private void checkRoutes() {
        if (Stream.of("http", "tcp", "tls").allMatch(kind -> spec.messages(kind).isEmpty())) {
            findings.error("http, tcp or tls must be provided in virtual service");
        }
        var http = new HttpRouteValidation(findings, hosts.isEmpty());
        spec.messages("http").forEach(http::check);
        var connections = new ConnectionRouteValidation(findings, hosts);
        spec.messages("tls").forEach(connections::checkTls);
        spec.messages("tcp").forEach(connections::checkTcp);
    }
}
