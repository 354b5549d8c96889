package dev.trafficlab.embedded.api.admission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.google.re2j.Pattern;

/** The rules of syntax that Kubernetes has for names, labels and ports; each answers with what is wrong, best nothing. */
public final class Syntax {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE = "(" + QUALIFIED + ")?";
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";

    private static final Rule LABEL_RULE = new Rule(LABEL, 63,
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end "
                    + "with an alphanumeric character (e.g. 'my-name',  or '123-abc', ");
    private static final Rule SUBDOMAIN_RULE = new Rule(SUBDOMAIN, 253,
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start "
                    + "and end with an alphanumeric character (e.g. 'example.com', ");
    private static final Rule NAME_PART_RULE = new Rule(QUALIFIED, 63,
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
                    + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', ");
    private static final Rule LABEL_VALUE_RULE = new Rule(LABEL_VALUE, 63,
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start "
                    + "and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', ");
    private static final Rule CONFIG_KEY_RULE = new Rule(CONFIG_KEY, 253,
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
                    + "'KEY_NAME',  or 'key-name', ");

    private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");
    private static final Pattern LETTER = Pattern.compile("[a-z]");

    private Syntax() {}

    /** A name without dots: namespaces, containers. */
    static List<String> dnsLabel(String value) {
        return LABEL_RULE.check(value);
    }

    /** A name that may have dots: most kinds. */
    static List<String> dnsSubdomain(String value) {
        return SUBDOMAIN_RULE.check(value);
    }

    /** A name without dots, which says so: services. */
    static List<String> serviceName(String value) {
        List<String> wrong = LABEL_RULE.check(value);
        return !wrong.isEmpty() && dnsSubdomain(value).isEmpty() ? List.of("must not contain dots") : wrong;
    }

    /** The value of a label. */
    public static List<String> labelValue(String value) {
        return LABEL_VALUE_RULE.check(value);
    }

    /** A key of a ConfigMap's data. */
    static List<String> configKey(String value) {
        var wrong = new ArrayList<>(CONFIG_KEY_RULE.check(value));
        if (value.equals(".")) {
            wrong.add("must not be '.'");
        }
        if (value.startsWith("..")) {
            wrong.add(value.equals("..") ? "must not be '..'" : "must not start with '..'");
        }
        return wrong;
    }

    /** The key of a label or an annotation. */
    public static List<String> qualifiedName(String value) {
        String[] parts = value.split("/", -1);
        if (parts.length > 2) {
            return List.of("a valid label key " + NAME_PART_RULE.text()
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        var wrong = new ArrayList<String>();
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else {
                dnsSubdomain(parts[0]).forEach(text -> wrong.add("prefix part " + text));
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        }
        NAME_PART_RULE.check(name).forEach(text -> wrong.add("name part " + text));
        return wrong;
    }

    /** A number of a port. */
    static List<String> portNumber(long port) {
        return port >= 1 && port <= 65535 ? List.of() : List.of("must be between 1 and 65535, inclusive");
    }

    /** The name of a container's port. */
    static List<String> portName(String name) {
        var wrong = new ArrayList<String>();
        if (name.length() > 15) {
            wrong.add("must be no more than 15 characters");
        }
        if (!PORT_CHARACTERS.matcher(name).matches()) {
            wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!LETTER.matcher(name).find()) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            wrong.add("must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            wrong.add("must not begin or end with a hyphen");
        }
        return wrong;
    }

    private record Rule(Pattern pattern, String regex, int limit, String explanation) {

        Rule(String regex, int limit, String explanation) {
            this(Pattern.compile(regex), regex, limit, explanation);
        }

        List<String> check(String value) {
            var wrong = new ArrayList<String>();
            if (value.getBytes(StandardCharsets.UTF_8).length > limit) {
                wrong.add("must be no more than " + limit + " bytes");
            }
            if (!pattern.matcher(value).matches()) {
                wrong.add(text());
            }
            return wrong;
        }

        String text() {
            return explanation + "regex used for validation is '" + regex + "')";
        }
    }
}
