package dev.trafficlab.embedded.mesh.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Istio's rules for host names: short ones, wildcards, intersections. Names compare with their case. Istio: pkg/config/host, model/config.go. */
public final class HostNames {

    private static final String DOMAIN = ".svc.cluster.local";

    private HostNames() {}

    /** The full name of a Service. */
    public static String ofService(String name, String namespace) {
        return name + "." + namespace + DOMAIN;
    }

    /** A name without any dot is a Service of the namespace; every other name is what it is. */
    public static String complete(String host, String namespace) {
        boolean literal = host.isEmpty() || host.indexOf('.') >= 0 || host.startsWith("*") || host.indexOf(':') >= 0;
        return literal ? host : ofService(host, namespace);
    }

    /** Whether every name that the first covers is covered by the second. */
    public static boolean isWithin(String narrow, String wide) {
        if (!wide.startsWith("*")) {
            return narrow.equals(wide);
        }
        String suffix = wide.substring(1);
        String stem = narrow.startsWith("*") ? narrow.substring(1) : narrow;
        return narrow.startsWith("*") ? stem.length() >= suffix.length() && stem.endsWith(suffix)
                : stem.endsWith(suffix);
    }

    /** The names that both lists cover: of every compatible pair the narrower one. */
    public static Set<String> intersection(List<String> some, List<String> others) {
        Set<String> common = new LinkedHashSet<>();
        for (String one : some) {
            for (String other : others) {
                if (isWithin(one, other)) {
                    common.add(one);
                } else if (isWithin(other, one)) {
                    common.add(other);
                }
            }
        }
        return common;
    }

    /** The DNS names of a Gateway server's hosts ({@code [namespace/]name}) that are open to VirtualServices of the namespace. */
    public static List<String> openTo(List<String> serverHosts, String gatewayNamespace, String namespace) {
        return serverHosts.stream().flatMap(host -> openTo(host, gatewayNamespace, namespace).stream()).toList();
    }

    private static Optional<String> openTo(String host, String gatewayNamespace, String namespace) {
        int slash = host.indexOf('/');
        if (slash < 0) {
            return Optional.of(host);
        }
        String allowed = host.substring(0, slash);
        boolean open = allowed.equals("*") || allowed.equals(namespace)
                || allowed.equals(".") && gatewayNamespace.equals(namespace);
        return open ? Optional.of(host.substring(slash + 1)) : Optional.empty();
    }

    /** The Gateway that a VirtualService means, as {@code namespace/name}; {@code mesh} stays. */
    public static String gateway(String reference, String namespace) {
        if (reference.equals("mesh")) {
            return reference;
        }
        int slash = reference.indexOf('/');
        if (slash >= 0) {
            return reference.startsWith("./") ? namespace + reference.substring(1) : reference;
        }
        int dot = reference.indexOf('.');
        if (dot < 0) {
            return namespace + "/" + reference;
        }
        String rest = reference.substring(dot + 1);
        int end = rest.indexOf('.');
        return (end < 0 ? rest : rest.substring(0, end)) + "/" + reference.substring(0, dot);
    }
}
