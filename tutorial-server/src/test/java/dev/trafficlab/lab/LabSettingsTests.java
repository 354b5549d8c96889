package dev.trafficlab.lab;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class LabSettingsTests {

    private final ApplicationContextRunner server = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void withoutSettingsTenThousandLabsAreKeptForADay() {
        server.run(context -> {
            LabSettings settings = context.getBean(LabSettings.class);
            assertThat(settings.cap()).isEqualTo(10_000);
            assertThat(settings.idleAfter()).isEqualTo(Duration.ofHours(24));
        });
    }

    @Test
    void everySettingIsRead() {
        server.withPropertyValues("tutorial.max-labs=30", "tutorial.idle-after=8h").run(context -> {
            LabSettings settings = context.getBean(LabSettings.class);
            assertThat(settings.cap()).isEqualTo(30);
            assertThat(settings.idleAfter()).isEqualTo(Duration.ofHours(8));
        });
    }

    @Test
    void withoutLimitsThereIsNoCap() {
        server.withPropertyValues("tutorial.max-labs=30", "tutorial.limits.enabled=false")
                .run(context -> assertThat(context.getBean(LabSettings.class).cap()).isEqualTo(Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tutorial.max-labs=0", "tutorial.idle-after=5s", "tutorial.limits.enabled=maybe"})
    void aBadValueStopsTheStart(String setting) {
        server.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(LabSettings.class)
    static class Settings {}
}
