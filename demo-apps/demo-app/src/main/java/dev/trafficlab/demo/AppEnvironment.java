package dev.trafficlab.demo;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What surrounds one instance of an app.
 *
 * @param variables environment variables
 * @param hostname the pod's name, or the machine's
 * @param outbound the way to other apps
 * @param log takes one line of the app's output
 */
public record AppEnvironment(Map<String, String> variables, String hostname, Outbound outbound, Consumer<String> log) {

    public AppEnvironment {
        variables = Map.copyOf(variables);
    }

    /** The variable's value, or the given one where it is unset or blank. */
    public String variable(String name, String otherwise) {
        String value = variables.getOrDefault(name, "");
        return value.isBlank() ? otherwise : value;
    }
}
