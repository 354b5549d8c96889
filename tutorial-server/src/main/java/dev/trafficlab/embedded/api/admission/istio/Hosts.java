package dev.trafficlab.embedded.api.admission.istio;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules for hosts that may carry a namespace, and how wildcard hosts compare. */
public final class Hosts {

    private Hosts() {}

    /** A host of a Gateway's server: {@code [namespace/]dnsName}. */
    static void checkGatewayHost(String host, WebhookFindings findings) {
        int slash = host.indexOf('/');
        if (slash < 0) {
            checkName(host, true, findings);
            return;
        }
        checkParts(host, slash, findings);
        String namespace = host.substring(0, slash);
        if (!namespace.equals("*") && !namespace.equals(".") && !DomainNames.isLabel(namespace)) {
            findings.error("invalid namespace value " + DomainNames.quote(namespace) + " in gateway");
        }
        checkName(host.substring(slash + 1), true, findings);
    }

    /** A host of a Sidecar's egress listener: {@code namespace/dnsName}. */
    static void checkSidecarHost(String host, WebhookFindings findings) {
        int slash = host.indexOf('/');
        if (slash < 0) {
            findings.error("host must be of form namespace/dnsName");
            return;
        }
        checkParts(host, slash, findings);
        String namespace = host.substring(0, slash);
        if (!"*.~".contains(namespace) && !DomainNames.isLabel(namespace)) {
            findings.error("invalid namespace value " + DomainNames.quote(namespace) + " in sidecar");
        }
        checkName(host.substring(slash + 1), false, findings);
    }

    private static void checkParts(String host, int slash, WebhookFindings findings) {
        if (slash == 0 || slash == host.length() - 1) {
            findings.error("config namespace and dnsName in host entry cannot be empty");
        }
    }

    private static void checkName(String host, boolean gateway, WebhookFindings findings) {
        if (!host.equals("*") && !host.contains(".")) {
            findings.error("short names (non FQDN) are not allowed");
        }
        Optional<String> wrong = DomainNames.checkWildcardDomain(host);
        if (wrong.isPresent()) {
            if (!gateway) {
                findings.error(wrong);
            }
            // Istio says it twice for a sidecar.
            if (!DomainNames.isIpAddress(host)) {
                findings.error(wrong);
            }
        }
        findings.error(DomainNames.checkPartialWildcard(host));
    }

    /** Whether some name is meant by both. */
    public static boolean overlap(String one, String other) {
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

    /** The first host, if any, that means a name which another one means too; looks each suffix up instead of comparing all pairs. */
    public static Optional<String> firstOverlapping(List<String> hosts) {
        Set<String> seen = new HashSet<>();
        Set<String> suffixes = hosts.stream()
                .filter(Hosts::isWildcard)
                .map(host -> host.substring(1))
                .collect(Collectors.toSet());
        return hosts.stream()
                .filter(host -> !seen.add(host) || IntStream.rangeClosed(isWildcard(host) ? 2 : 0, host.length())
                        .anyMatch(start -> suffixes.contains(host.substring(start))))
                .findFirst();
    }

    /** Whether every name meant by the first is meant by the second. */
    public static boolean isSubset(String one, String other) {
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
