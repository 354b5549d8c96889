package dev.trafficlab.embedded.api.admission.istio;

import java.util.List;
import java.util.Optional;

import com.google.re2j.Pattern;

import dev.trafficlab.embedded.api.admission.IpAddresses;

/** Istio's rules for hosts, labels, ports and headers; each answers with what is wrong, best nothing. */
public final class DomainNames {

    private static final String DNS_LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
    private static final Pattern LABEL = Pattern.compile(DNS_LABEL);
    private static final Pattern WILDCARD_LABEL = Pattern.compile("\\*|(?:\\*|\\*-)?" + DNS_LABEL);
    private static final String QUALIFIED = "(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final Pattern LABEL_KEY = Pattern
            .compile("(?:" + DNS_LABEL + "(?:\\." + DNS_LABEL + ")*/)?" + QUALIFIED);
    private static final Pattern LABEL_VALUE = Pattern.compile("(?:" + QUALIFIED + ")?");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+");
    private static final int LABEL_LIMIT = 63;
    private static final int DOMAIN_LIMIT = 255;

    private DomainNames() {}

    public static boolean isLabel(String text) {
        return text.length() <= LABEL_LIMIT && LABEL.matcher(text).matches();
    }

    /** A domain name, a wildcard allowed in its first label. */
    public static Optional<String> checkWildcardDomain(String domain) {
        Optional<String> wrong = checkLength(domain);
        if (wrong.isPresent()) {
            return wrong;
        }
        int dot = domain.indexOf('.');
        String first = dot < 0 ? domain : domain.substring(0, dot);
        if (first.length() > LABEL_LIMIT || !WILDCARD_LABEL.matcher(first).matches()) {
            return Optional.of(invalidLabel(domain, first));
        }
        return dot < 0 ? Optional.empty() : checkLabels(domain.substring(dot + 1));
    }

    /** A domain name without wildcards. */
    public static Optional<String> checkDomain(String domain) {
        return checkLength(domain).or(() -> checkLabels(domain));
    }

    private static Optional<String> checkLength(String domain) {
        if (domain.length() > DOMAIN_LIMIT) {
            return Optional.of("domain name " + quote(domain) + " too long (max 255)");
        }
        return domain.isEmpty() ? Optional.of("empty domain name not allowed") : Optional.empty();
    }

    private static Optional<String> checkLabels(String domain) {
        List<String> labels = List.of(domain.split("\\.", -1));
        if (NUMBER.matcher(labels.getLast()).matches()) {
            return Optional.of("domain name " + quote(domain) + " invalid (top level domain " + quote(labels.getLast())
                    + " cannot be all-numeric)");
        }
        // The name may end with a dot, which says that it is complete.
        List<String> checked = labels.getLast().isEmpty() ? labels.subList(0, labels.size() - 1) : labels;
        return checked.stream().filter(label -> !isLabel(label)).findFirst().map(label -> invalidLabel(domain, label));
    }

    private static String invalidLabel(String domain, String label) {
        return "domain name " + quote(domain) + " invalid (label " + quote(label) + " invalid)";
    }

    static Optional<String> checkPartialWildcard(String host) {
        return host.contains("*") && host.length() != 1 && !host.startsWith("*.")
                ? Optional.of("partial wildcard " + quote(host) + " not allowed")
                : Optional.empty();
    }

    public static boolean isIpAddress(String text) {
        return IpAddresses.isAddress(text);
    }

    public static Optional<String> checkIpAddress(String text) {
        return isIpAddress(text) ? Optional.empty() : Optional.of(text + " is not a valid IP");
    }

    /** An address, or a block of them in CIDR notation. */
    public static Optional<String> checkSubnet(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || slash != text.lastIndexOf('/')) {
            return checkIpAddress(text);
        }
        String address = text.substring(0, slash);
        String bits = text.substring(slash + 1);
        boolean valid = isIpAddress(address) && bits.matches("[0-9]{1,3}")
                && Integer.parseInt(bits) <= (address.contains(":") ? 128 : 32);
        return valid ? Optional.empty() : Optional.of(text + " is not a valid CIDR block");
    }

    public static Optional<String> checkPort(long number) {
        return number >= 1 && number <= 65535
                ? Optional.empty()
                : Optional.of("port number " + number + " must be in the range 1..65535");
    }

    static Optional<String> checkPortName(String name) {
        return isLabel(name) ? Optional.empty() : Optional.of("invalid port name: " + name);
    }

    /** The labels, each with what is wrong with it. */
    public static void checkLabels(ProtoJson owner, String field, WebhookFindings findings) {
        owner.strings(field).forEach((key, value) -> {
            if (!LABEL_KEY.matcher(key).matches()) {
                findings.listedError("invalid tag key: " + quote(key));
            } else if (key.substring(key.indexOf('/') + 1).length() > LABEL_LIMIT) {
                findings.listedError("invalid tag key: " + quote(key) + " (name is too long)");
            }
            if (!LABEL_VALUE.matcher(value).matches()) {
                findings.listedError("invalid tag value: " + quote(value));
            }
        });
    }

    /** As Go quotes a string. */
    public static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + "\"";
    }
}
