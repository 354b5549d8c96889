package dev.trafficlab.embedded.api.schema;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Our own words on types and fields, shown by {@code kubectl explain}. */
final class Descriptions {

    private static final Properties TEXTS = load();

    private Descriptions() {}

    /**
     * The text on a type ({@code DeploymentSpec}) or a field ({@code DeploymentSpec.replicas}); a field that means the same
     * everywhere has one text for all types ({@code *.kind}).
     */
    static Optional<String> of(String key) {
        String anywhere = "*" + key.substring(Math.max(key.lastIndexOf('.'), 0));
        return Optional.ofNullable(TEXTS.getProperty(key)).or(() -> Optional.ofNullable(TEXTS.getProperty(anywhere)));
    }

    private static Properties load() {
        var texts = new Properties();
        try (var in = Objects.requireNonNull(Descriptions.class.getResourceAsStream("descriptions.properties"))) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return texts;
    }
}
