package dev.trafficlab.embedded.api.admission.istio;

import java.util.HashSet;

/** The rules for Gateways. */
final class GatewayValidation {

    private static final String UNIX = "unix://";

    private final WebhookFindings findings;

    GatewayValidation(WebhookFindings findings) {
        this.findings = findings;
    }

    void check(String name, ProtoJson spec) {
        if (!DomainNames.isLabel(name)) {
            findings.error("invalid gateway name: " + DomainNames.quote(name));
        }
        if (spec.messages("servers").isEmpty()) {
            findings.error("gateway must have at least one server");
        }
        spec.messages("servers").forEach(this::checkServer);
        checkPortNames(spec);
    }

    private void checkServer(ProtoJson server) {
        if (server.texts("hosts").isEmpty()) {
            findings.error("server config must contain at least one host");
        }
        server.texts("hosts").forEach(host -> Hosts.checkGatewayHost(host, findings));
        boolean portFine = checkPort(server.at("port"), server.text("bind"));
        checkBind(server);
        server.message("tls").ifPresent(tls -> new ServerTlsValidation(findings).check(tls));
        if (portFine) {
            checkTlsFitsPort(server);
        }
    }

    private boolean checkPort(ProtoJson port, String bind) {
        boolean known = Protocol.parse(port.text("protocol")) != Protocol.UNSUPPORTED;
        if (!known) {
            findings.error("invalid protocol " + DomainNames.quote(port.text("protocol"))
                    + ", supported protocols are HTTP, HTTP2, GRPC, GRPC-WEB, MONGO, REDIS, MYSQL, TCP");
        }
        boolean numbered = port.number("number") > 0 || !bind.startsWith(UNIX);
        boolean inRange = !numbered || DomainNames.checkPort(port.number("number")).isEmpty();
        if (!inRange) {
            findings.error(DomainNames.checkPort(port.number("number")));
        }
        boolean target = port.number("targetPort") > 0;
        if (target) {
            findings.error("targetPort has no impact on Gateways");
        }
        boolean named = port.isSet("name");
        if (!named) {
            findings.error("port name must be set: " + port.printPort());
        }
        return known && inRange && !target && named;
    }

    private void checkBind(ProtoJson server) {
        String bind = server.text("bind");
        if (bind.startsWith(UNIX)) {
            findings.error(Hosts.checkUnixAddress(bind.substring(UNIX.length())));
            if (server.at("port").number("number") != 0) {
                findings.error("port number must be 0 for unix domain socket: " + server.at("port").printPort());
            }
        } else if (!bind.isEmpty()) {
            findings.error(DomainNames.checkIpAddress(bind));
        }
    }

    private void checkTlsFitsPort(ProtoJson server) {
        Protocol protocol = Protocol.parse(server.at("port").text("protocol"));
        boolean tls = server.has("tls");
        if (protocol == Protocol.TLS && !tls) {
            findings.error("server must have TLS settings for HTTPS/TLS protocols");
        } else if (protocol == Protocol.HTTP && tls && !isRedirectOnly(server.at("tls"))) {
            findings.error("server cannot have TLS settings for plain text HTTP ports");
        } else if (tls && protocol != Protocol.TLS && protocol != Protocol.HTTP) {
            findings.error("server cannot have TLS settings for non HTTPS/TLS ports");
        }
    }

    private static boolean isRedirectOnly(ProtoJson tls) {
        return ServerTlsValidation.isPassThrough(tls) && !tls.isSet("caCertificates") && !tls.isSet("privateKey")
                && !tls.isSet("serverCertificate");
    }

    private void checkPortNames(ProtoJson spec) {
        var names = new HashSet<String>();
        for (ProtoJson server : spec.messages("servers")) {
            ProtoJson port = server.at("port");
            if (!names.add(port.text("name"))) {
                findings.error("port names in servers must be unique: duplicate name " + port.text("name"));
            }
            if (Protocol.parse(port.text("protocol")) != Protocol.HTTP && server.at("tls").flag("httpsRedirect")) {
                findings.warning("tls.httpsRedirect should only be used with http servers");
            }
        }
    }
}
