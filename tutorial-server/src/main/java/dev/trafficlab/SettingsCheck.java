package dev.trafficlab;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start with a {@code tutorial.*} setting that nothing reads: it is a slip of the pen that would otherwise be found out
 * much later. What is known are the components of all settings records. Environment variables are not judged, as Kubernetes puts
 * some of its own beginning with TUTORIAL_ there when a Service is called tutorial-server.
 */
@Component
class SettingsCheck implements BeanFactoryPostProcessor {

    private static final String ROOT = "tutorial";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        SortedSet<String> known = knownSettings(beans);
        ConfigurableEnvironment environment = beans.getBean(ConfigurableEnvironment.class);
        environment.getPropertySources()
                .stream()
                .filter(source -> !source.getName()
                        .startsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME))
                .filter(EnumerablePropertySource.class::isInstance)
                .map(EnumerablePropertySource.class::cast)
                .forEach(source -> judge(source, known));
    }

    private static void judge(EnumerablePropertySource<?> source, SortedSet<String> known) {
        Arrays.stream(source.getPropertyNames())
                .filter(name -> name.startsWith(ROOT + "."))
                .filter(name -> known.stream().noneMatch(setting -> plain(setting).equals(plain(name))))
                .findFirst()
                .ifPresent(name -> {
                    throw new UnknownSettingException(name, origin(source, name), known);
                });
    }

    private static Optional<String> origin(PropertySource<?> source, String name) {
        return Optional.ofNullable(OriginLookup.getOrigin(source, name)).map(Object::toString);
    }

    private static SortedSet<String> knownSettings(ConfigurableListableBeanFactory beans) {
        SortedSet<String> known = new TreeSet<>();
        for (String bean : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            ConfigurationProperties properties = beans.findAnnotationOnBean(bean, ConfigurationProperties.class);
            Class<?> type = beans.getType(bean);
            if (properties != null && type != null && type.isRecord()) {
                settings(properties.value(), type).forEach(known::add);
            }
        }
        known.removeIf(name -> !name.startsWith(ROOT + "."));
        return known;
    }

    private static Stream<String> settings(String prefix, Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).flatMap(component -> setting(prefix, component));
    }

    private static Stream<String> setting(String prefix, RecordComponent component) {
        String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
        return component.getType().isRecord() ? settings(name, component.getType()) : Stream.of(name);
    }

    /** Spring reads {@code dataDir}, {@code data_dir} and {@code data-dir} alike. */
    private static String plain(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
