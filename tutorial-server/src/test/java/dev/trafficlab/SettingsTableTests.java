package dev.trafficlab;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of settings is made from the code: names and defaults of the settings records, what their documentation says of each, and the
 * profile for a class. A stale one fails here, and the new one is then in {@code target/settings.md}.
 */
class SettingsTableTests {

    private static final Path TABLE = Path.of("docs", "settings.md");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final String HEAD = """
                                       # Settings

                                       Ordinary Spring Boot properties: on the command line (`--tutorial.data-dir=/data`), in the environment
                                       (`TUTORIAL_DATADIR=/data`), or in a file `application.yaml` beside the jar. A name that nothing reads ends the start. This
                                       page is made from the code by `SettingsTableTests`.

                                       The last column is what `--spring.profiles.active=class` sets: a class behind one address, on a machine that is made for it.

                                       | setting | default | meaning | class |
                                       |---|---|---|---|
                                       """;

    @Test
    void theTableOfSettingsIsThatOfTheCode() throws IOException {
        String fresh = HEAD + String.join("", rows());
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "settings.md"), fresh);

        assertThat(Files.exists(TABLE) ? Files.readString(TABLE) : "").as(
                "docs/settings.md; copy target/settings.md there")
                .isEqualTo(fresh);
    }

    private static List<String> rows() {
        Properties profile = profile();
        Map<String, Setting> settings = new TreeMap<>();
        records().flatMap(SettingsTableTests::settings)
                .forEach(setting -> settings.merge(setting.name(), setting, (one, other) -> one.meaning().isEmpty()
                        ? other
                        : one));
        return settings.values().stream().map(setting -> setting.row(profile.getProperty(setting.name(), ""))).toList();
    }

    private static Stream<Class<?>> records() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scanner.findCandidateComponents("dev.trafficlab")
                .stream()
                .map(found -> load(Objects.requireNonNull(found.getBeanClassName())))
                .filter(type -> type.isRecord() && prefix(type).startsWith("tutorial"))
                .filter(type -> Files.exists(source(type)))
                .map(type -> type);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String prefix(Class<?> type) {
        return type.getAnnotation(ConfigurationProperties.class).value();
    }

    private static Stream<Setting> settings(Class<?> type) {
        Map<String, String> meanings = meanings(type);
        return settings(prefix(type), type, meanings);
    }

    private static Stream<Setting> settings(String prefix, Class<?> type, Map<String, String> meanings) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            return component.getType().isRecord()
                    ? settings(name, component.getType(), Map.of())
                    : Stream.of(new Setting(name, usual(component), meanings.getOrDefault(component.getName(), "")));
        });
    }

    private static String usual(RecordComponent component) {
        DefaultValue value = component.getAnnotation(DefaultValue.class);
        if (value == null) {
            value = Arrays.stream(component.getDeclaringRecord().getDeclaredConstructors()[0].getParameters())
                    .filter(parameter -> parameter.getName().equals(component.getName()))
                    .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        return value == null ? "" : String.join(", ", value.value());
    }

    /** What the record's documentation says of each component. */
    private static Map<String, String> meanings(Class<?> type) {
        String text = read(source(type));
        int record = text.indexOf("record " + type.getSimpleName());
        String comment = text.substring(text.lastIndexOf("/**", record), record);
        Map<String, String> meanings = new TreeMap<>();
        Matcher parameter = Pattern.compile("@param (\\w+)\\s+((?:(?!\\n \\* @param|\\n \\*/).)*)", Pattern.DOTALL)
                .matcher(comment);
        while (parameter.find()) {
            meanings.put(parameter.group(1), parameter.group(2)
                    .replaceAll("\\s*\\n \\*\\s*", " ")
                    .replaceAll("\\{@code ([^}]*)}", "`$1`")
                    .strip());
        }
        return meanings;
    }

    private static Path source(Class<?> type) {
        return SOURCES.resolve(type.getName().replace('.', '/') + ".java");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Properties profile() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application-class.yaml"));
        Properties values = new Properties();
        Objects.requireNonNull(yaml.getObject())
                .forEach((name, value) -> values.setProperty(name.toString(), value
                        .toString()));
        return values;
    }

    private record Setting(String name, String usual, String meaning) {

        String row(String inClass) {
            return "| `" + name + "` | " + code(usual) + " | " + meaning + " | " + code(inClass) + " |\n";
        }

        private static String code(String text) {
            return text.isEmpty() ? "" : "`" + text + "`";
        }
    }
}
