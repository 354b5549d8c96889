package dev.trafficlab.embedded.analysis;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Something found in a set of objects.
 *
 * @param kind what was found
 * @param object where
 * @param facts the names and figures that it is about, in the order in which the kind's message takes them
 */
public record Finding(FindingKind kind, ObjectName object, List<String> facts) {

    private static final String BUNDLE = Finding.class.getPackageName() + ".findings";

    public Finding {
        facts = List.copyOf(facts);
    }

    /** How much a finding matters, the most first. */
    public enum Level {
        /** Traffic fails, or an object has no effect. */
        ERROR,
        /** Most likely not what was meant. */
        WARNING,
        /** Worth knowing. */
        INFO
    }

    /** An object's kind, namespace (empty for a Namespace) and name. */
    public record ObjectName(String kind, String namespace, String name) {

        /** Whether it is the namespace itself, or in it. */
        public boolean isIn(String wanted) {
            return namespace.isEmpty() ? name.equals(wanted) : namespace.equals(wanted);
        }
    }

    /** It in a sentence or two: what is found, and what to do. */
    public String message(Locale locale) {
        String pattern = ResourceBundle.getBundle(BUNDLE, locale)
                .getString(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return new MessageFormat(pattern, locale).format(facts.toArray());
    }
}
