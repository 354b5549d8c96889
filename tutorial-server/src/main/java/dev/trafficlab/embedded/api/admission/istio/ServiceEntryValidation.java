package dev.trafficlab.embedded.api.admission.istio;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rules for ServiceEntries. */
final class ServiceEntryValidation {

    private static final String UNIX = "unix://";

    private final ProtoJson spec;
    private final WebhookFindings findings;
    private final List<String> hosts;
    private final List<ProtoJson> ports;
    private final List<ProtoJson> endpoints;
    private final String resolution;

    ServiceEntryValidation(ProtoJson spec, WebhookFindings findings) {
        this.spec = spec;
        this.findings = findings;
        hosts = spec.texts("hosts");
        ports = spec.messages("ports");
        endpoints = spec.messages("endpoints");
        resolution = spec.isSet("resolution") ? spec.text("resolution") : "NONE";
    }

    void check(String namespace) {
        checkSelector();
        checkHosts();
        checkAddresses();
        checkPorts();
        checkResolution();
        checkManyHosts();
        ExportTo.check(spec.texts("exportTo"), namespace, true, findings);
    }

    private void checkSelector() {
        if (!spec.has("workloadSelector")) {
            return;
        }
        WorkloadSelectors.check(spec.at("workloadSelector"), "labels", findings);
        if (spec.at("workloadSelector").keys("labels").isEmpty()) {
            findings.warning(
                    "service entry: workload selector specified without labels, will be applied to all services in "
                            + "namespace");
        }
        if (spec.has("endpoints")) {
            findings.error("only one of WorkloadSelector or Endpoints is allowed in Service Entry");
        }
    }

    private void checkHosts() {
        if (hosts.isEmpty()) {
            findings.error("service entry must have at least one host");
        }
        for (String host : hosts) {
            if (host.equals("*")) {
                findings.error("invalid host *");
            } else {
                findings.error(DomainNames.checkWildcardDomain(host));
                findings.warning(DomainNames.checkPartialWildcard(host));
            }
        }
    }

    private void checkAddresses() {
        spec.texts("addresses").forEach(address -> findings.error(DomainNames.checkSubnet(address)));
        boolean blocks = spec.texts("addresses").stream().anyMatch(address -> address.contains("/"));
        if (blocks && !resolution.equals("NONE") && !resolution.equals("STATIC")) {
            findings.error("CIDR addresses are allowed only for NONE/STATIC resolution types");
        }
    }

    private void checkPorts() {
        var names = new HashSet<String>();
        var numbers = new HashSet<Long>();
        for (ProtoJson port : ports) {
            String name = port.text("name");
            if (!names.add(name)) {
                findings.error("service entry port name " + DomainNames.quote(name) + " already defined");
            }
            if (!numbers.add(port.number("number"))) {
                findings.error("service entry port " + port.number("number") + " already defined");
            }
            if (port.number("targetPort") != 0) {
                findings.error(DomainNames.checkPort(port.number("targetPort")));
            }
            findings.error(DomainNames.checkPortName(name));
            if (port.isSet("protocol") && protocol(port) == Protocol.UNSUPPORTED) {
                findings.error("unsupported protocol: " + port.text("protocol"));
            }
            findings.error(DomainNames.checkPort(port.number("number")));
        }
    }

    private static Protocol protocol(ProtoJson port) {
        return Protocol.parse(port.text("protocol"));
    }

    private void checkResolution() {
        switch (resolution) {
            case "NONE" -> {
                if (!endpoints.isEmpty()) {
                    findings.error("no endpoints should be provided for resolution type none");
                }
                if (spec.has("workloadSelector")) {
                    findings.warning("workloadSelector should not be set when resolution mode is NONE");
                }
            }
            case "STATIC" -> endpoints.forEach(endpoint -> checkEndpoint(endpoint, false));
            case "DNS", "DNS_ROUND_ROBIN" -> checkDns();
            default -> {
            }
        }
    }

    private void checkDns() {
        if (endpoints.isEmpty()) {
            hosts.stream()
                    .filter(host -> DomainNames.checkDomain(host).isPresent())
                    .forEach(host -> findings
                            .error("hosts must be FQDN if no endpoints are provided for resolution mode "
                                    + resolution));
        }
        if (resolution.equals("DNS_ROUND_ROBIN") && endpoints.size() > 1) {
            findings.error("there must only be 0 or 1 endpoint for resolution mode " + resolution);
        }
        endpoints.forEach(endpoint -> checkEndpoint(endpoint, true));
    }

    private void checkEndpoint(ProtoJson endpoint, boolean namesAllowed) {
        String address = endpoint.text("address");
        boolean socket = !namesAllowed && address.startsWith(UNIX);
        if (socket) {
            findings.error(Hosts.checkUnixAddress(address.substring(UNIX.length())));
            if (ports.size() != 1) {
                findings.error("exactly 1 service port required for unix endpoints");
            }
        } else if (!DomainNames.isIpAddress(address) && !address.isEmpty()) {
            checkName(address, namesAllowed);
        }
        Set<String> known = ports.stream().map(port -> port.text("name")).collect(Collectors.toSet());
        for (String name : endpoint.keys("ports")) {
            long number = endpoint.at("ports").number(name);
            if (!known.contains(name)) {
                findings.error("endpoint port " + number + " is not defined by the service entry");
            }
            findings.error(DomainNames.checkPortName(name));
            findings.error(DomainNames.checkPort(number));
        }
        DomainNames.checkLabels(endpoint, "labels", findings);
    }

    private void checkName(String address, boolean namesAllowed) {
        if (!namesAllowed) {
            findings.error("endpoint address " + DomainNames.quote(address) + " is not a valid IP address");
        } else if (DomainNames.checkDomain(address).isPresent()) {
            findings.error("endpoint address " + DomainNames.quote(address) + " is not a valid FQDN or an IP address");
        }
    }

    /** Over plain TCP nothing tells several hosts apart. */
    private void checkManyHosts() {
        boolean plain = ports.stream()
                .map(ServiceEntryValidation::protocol)
                .anyMatch(protocol -> protocol != Protocol.HTTP && protocol != Protocol.TLS);
        if (hosts.size() > 1 && plain && !resolution.equals("NONE")) {
            findings.error("multiple hosts provided with non-HTTP, non-TLS ports");
        }
    }
}
