package dev.trafficlab.embedded.api.admission.istio;

import java.util.Optional;

/** The rules for hosts that may carry a namespace, and how wildcard hosts compare. */
final class Hosts {

    private Hosts() {}

    /** A host of a Gateway's server: {@code [namespace/]dnsName}. */
    static void checkGatewayHost(String host, Findings findings) {
        int slash = host.indexOf('/');
        if (slash < 0) {
            checkName(host, true, findings);
            return;
        }
        checkParts(host, slash, findings);
        String namespace = host.substring(0, slash);
        if (!namespace.equals("*") && !namespace.equals(".") && !Names.isLabel(namespace)) {
            findings.error("invalid namespace value " + Names.quote(namespace) + " in gateway");
        }
        checkName(host.substring(slash + 1), true, findings);
    }

    /** A host of a Sidecar's egress listener: {@code namespace/dnsName}. */
    static void checkSidecarHost(String host, Findings findings) {
        int slash = host.indexOf('/');
        if (slash < 0) {
            findings.error("host must be of form namespace/dnsName");
            return;
        }
        checkParts(host, slash, findings);
        String namespace = host.substring(0, slash);
        if (!"*.~".contains(namespace) && !Names.isLabel(namespace)) {
            findings.error("invalid namespace value " + Names.quote(namespace) + " in sidecar");
        }
        checkName(host.substring(slash + 1), false, findings);
    }

    private static void checkParts(String host, int slash, Findings findings) {
        if (slash == 0 || slash == host.length() - 1) {
            findings.error("config namespace and dnsName in host entry cannot be empty");
        }
    }

    private static void checkName(String host, boolean gateway, Findings findings) {
        if (!host.equals("*") && !host.contains(".")) {
            findings.error("short names (non FQDN) are not allowed");
        }
        Optional<String> wrong = Names.checkWildcardDomain(host);
        if (wrong.isPresent()) {
            if (!gateway) {
                findings.error(wrong);
            }
            // Istio says it twice for a sidecar.
            if (!Names.isIpAddress(host)) {
                findings.error(wrong);
            }
        }
        findings.error(Names.checkPartialWildcard(host));
    }

    /** Whether some name is meant by both. */
    static boolean overlap(String one, String other) {
        boolean wild = isWildcard(one);
        if (wild && isWildcard(other)) {
            String longer = one.length() < other.length() ? other : one;
            String shorter = one.length() < other.length() ? one : other;
            return longer.substring(1).endsWith(shorter.substring(1));
        }
        if (wild) {
            return other.endsWith(one.substring(1));
        }
        return isWildcard(other) ? one.endsWith(other.substring(1)) : one.equals(other);
    }

    /** Whether every name meant by the first is meant by the second. */
    static boolean isSubset(String one, String other) {
        if (!isWildcard(other)) {
            return one.equals(other);
        }
        String name = isWildcard(one) ? one.substring(1) : one;
        return (!isWildcard(one) || one.length() >= other.length()) && name.endsWith(other.substring(1));
    }

    private static boolean isWildcard(String host) {
        return host.startsWith("*");
    }

    /** The path of a unix domain socket. */
    static Optional<String> checkUnixAddress(String path) {
        if (path.isEmpty()) {
            return Optional.of("unix address must not be empty");
        }
        boolean fine = path.startsWith("@") || (path.startsWith("/") && !path.endsWith("/"));
        return fine ? Optional.empty() : Optional.of(path + " is not an absolute path to a file");
    }
}
