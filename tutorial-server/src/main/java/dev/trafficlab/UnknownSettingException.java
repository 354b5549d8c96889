package dev.trafficlab;

import java.util.Optional;
import java.util.SortedSet;

/** A setting that nothing reads. */
class UnknownSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    UnknownSettingException(String name, Optional<String> origin, SortedSet<String> known) {
        super("The setting \"" + name + "\"" + origin.map(place -> " (" + place + ")").orElse("") + " is not known.");
        this.advice = "Correct the name or remove the setting. Known are: " + String.join(", ", known) + ".";
    }

    String advice() {
        return advice;
    }
}
