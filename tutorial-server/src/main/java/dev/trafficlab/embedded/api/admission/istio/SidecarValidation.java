package dev.trafficlab.embedded.api.admission.istio;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.trafficlab.embedded.api.admission.istio.destinationrule.ConnectionPoolValidation;
import dev.trafficlab.embedded.api.admission.istio.virtualservice.DestinationValidation;

/** The rules for Sidecars. */
final class SidecarValidation {

    private static final String UNIX = "unix://";

    private final WebhookFindings findings;

    SidecarValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(ProtoJson spec, String namespace) {
        spec.message("workloadSelector").ifPresent(this::checkSelector);
        boolean empty = spec.messages("egress").isEmpty() && spec.messages("ingress").isEmpty()
                && Stream.of("outboundTrafficPolicy", "inboundConnectionPool").noneMatch(spec::has);
        if (empty) {
            findings.error("sidecar: empty configuration provided");
            return;
        }
        checkIngress(spec.messages("ingress"));
        spec.message("inboundConnectionPool").ifPresent(new ConnectionPoolValidation(findings)::check);
        checkEgress(spec.messages("egress"), namespace);
        spec.message("outboundTrafficPolicy").ifPresent(this::checkOutbound);
    }

    private void checkSelector(ProtoJson selector) {
        WorkloadSelectors.check(selector, "labels", findings);
        if (selector.keys("labels").isEmpty()) {
            findings.warning("sidecar: workload selector specified without labels, will be applied to all services in "
                    + "namespace");
        }
    }

    private void checkIngress(List<ProtoJson> listeners) {
        var numbers = new HashSet<Long>();
        for (ProtoJson listener : listeners) {
            ProtoJson port = listener.at("port");
            checkPort(port, listener.text("bind"));
            findings.error(DomainNames.checkPort(port.number("number")));
            if (!numbers.add(port.number("number"))) {
                findings.error("sidecar: ports on IP bound listeners must be unique");
            }
            checkDefaultEndpoint(listener.text("defaultEndpoint"));
            listener.message("tls").ifPresent(tls -> checkTls(tls, port));
            listener.message("connectionPool").ifPresent(new ConnectionPoolValidation(findings)::check);
        }
    }

    private void checkPort(ProtoJson port, String bind) {
        if (port.number("targetPort") > 0) {
            findings.error("targetPort has no impact on Sidecars");
        }
        if (port.isSet("name")) {
            findings.error(DomainNames.checkPortName(port.text("name")));
        }
        if (port.isSet("protocol") && Protocol.parse(port.text("protocol")) == Protocol.UNSUPPORTED) {
            findings.error("unsupported protocol: " + port.text("protocol"));
        }
        if (!bind.isEmpty() && !bind.startsWith(UNIX)) {
            findings.error(DomainNames.checkIpAddress(bind));
        }
    }

    private void checkDefaultEndpoint(String endpoint) {
        if (endpoint.isEmpty()) {
            return;
        }
        if (endpoint.startsWith(UNIX)) {
            findings.error(Hosts.checkUnixAddress(endpoint.substring(UNIX.length())));
            return;
        }
        int colon = endpoint.lastIndexOf(':');
        String host = colon < 0 ? endpoint : endpoint.substring(0, colon);
        String port = endpoint.substring(colon + 1);
        if (!Set.of("", "127.0.0.1", "0.0.0.0", "[::1]", "[::]").contains(host)) {
            findings.error(
                    "sidecar: defaultEndpoint must be of form 127.0.0.1:<port>,0.0.0.0:<port>,[::1]:port,[::]:port,"
                            + "unix://filepath or unset");
        }
        if (port.matches("[0-9]{1,9}")) {
            findings.error(DomainNames.checkPort(Long.parseLong(port)));
        } else {
            findings.error("sidecar: defaultEndpoint port (" + port + ") is not a number: strconv.Atoi: parsing "
                    + DomainNames.quote(port) + ": invalid syntax");
        }
    }

    private void checkTls(ProtoJson tls, ProtoJson port) {
        if (tls.flag("httpsRedirect")) {
            findings.error("sidecar: httpsRedirect is not supported");
        }
        if (tls.isSet("credentialName")) {
            findings.error("sidecar: credentialName is not currently supported");
        }
        if (Protocol.parse(port.text("protocol")) != Protocol.TLS) {
            findings.error("server cannot have TLS settings for non HTTPS/TLS ports");
        }
        new ServerTlsValidation(findings).check(tls);
    }

    private void checkEgress(List<ProtoJson> listeners, String namespace) {
        var numbers = new HashSet<Long>();
        for (int i = 0; i < listeners.size(); i++) {
            ProtoJson listener = listeners.get(i);
            if (listener.has("port")) {
                checkEgressPort(listener, numbers);
            } else if (i < listeners.size() - 1) {
                findings.error("sidecar: the egress listener with empty port should be the last listener in the list");
            }
            checkEgressHosts(listener.texts("hosts"), namespace);
        }
    }

    private void checkEgressPort(ProtoJson listener, Set<Long> numbers) {
        long number = listener.at("port").number("number");
        String bind = listener.text("bind");
        checkPort(listener.at("port"), bind);
        if (number == 0) {
            findings.error(bind.startsWith(UNIX)
                    ? Hosts.checkUnixAddress(bind.substring(UNIX.length()))
                    : Optional.of("sidecar: ports with 0 value must have a unix domain socket bind address"));
            return;
        }
        findings.error(DomainNames.checkPort(number));
        if (!numbers.add(number)) {
            findings.error("sidecar: ports on IP bound listeners must be unique");
        }
    }

    private void checkEgressHosts(List<String> hosts, String namespace) {
        if (hosts.isEmpty()) {
            findings.error("sidecar: egress listener must contain at least one host");
        }
        var seen = new HashSet<String>();
        for (String host : hosts) {
            String full = host.startsWith("./") ? namespace + host.substring(1) : host;
            String own = full.substring(0, full.indexOf('/') + 1);
            boolean all = full.equals(own + "*") && seen.stream().anyMatch(other -> other.startsWith(own));
            if (full.contains("/") && (all || seen.contains(full) || seen.contains(own + "*"))) {
                findings.warning("duplicated egress host: " + host);
            }
            seen.add(full);
            Hosts.checkSidecarHost(host, findings);
        }
        boolean mixed = seen.stream().anyMatch(host -> !host.startsWith("*/"));
        if (seen.contains("*/*") && mixed) {
            findings.warning("`*/*` host select all resources, no other hosts can be added");
        }
    }

    private void checkOutbound(ProtoJson policy) {
        if (!policy.has("egressProxy")) {
            return;
        }
        // REGISTRY_ONLY is protobuf's zero value, though a mesh as installed allows any.
        if (!policy.text("mode").equals("ALLOW_ANY")) {
            findings.error("sidecar: egress_proxy must be set only with ALLOW_ANY outbound_traffic_policy mode");
            return;
        }
        ProtoJson proxy = policy.at("egressProxy");
        findings.error(DomainNames.checkDomain(proxy.text("host")));
        if (proxy.has("port")) {
            new DestinationValidation(findings).check(proxy);
        } else {
            findings.error("sidecar: egress_proxy port must be non-nil");
        }
    }
}
