package dev.trafficlab.demo;

import java.util.regex.Pattern;

/** Where another app is found: {@code host} or {@code host:port}. */
public final class Authority {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})(:[1-9][0-9]{0,4})?");

    private Authority() {}

    /**
     * The variable's value, checked.
     *
     * @throws InvalidEnvironmentException when it is no {@code host} or {@code host:port}
     */
    public static String of(AppEnvironment environment, String variable, String otherwise)
            throws InvalidEnvironmentException {
        String value = environment.variable(variable, otherwise);
        if (!FORM.matcher(value).matches()) {
            throw new InvalidEnvironmentException("%s is '%s'; write host or host:port, such as %s".formatted(variable,
                    value.strip(), otherwise));
        }
        return value;
    }
}
