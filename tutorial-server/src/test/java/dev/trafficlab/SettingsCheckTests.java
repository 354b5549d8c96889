package dev.trafficlab;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class SettingsCheckTests {

    private final ApplicationContextRunner server = new ApplicationContextRunner().withBean(SettingsCheck.class)
            .withUserConfiguration(Sample.class);

    @Test
    void knownSettingsAreTakenInAnySpelling() {
        server.withPropertyValues("tutorial.data-dir=x", "tutorial.dataDir=x", "tutorial.limits.enabled=false",
                "other.thing=1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aSlipIsToldWithWhatIsKnown() {
        server.withPropertyValues("tutorial.data-dri=x").run(context -> {
            assertThat(context).hasFailed();
            FailureAnalysis analysis = analysis(context);
            assertThat(analysis.getDescription()).contains("\"tutorial.data-dri\"").contains("is not known");
            assertThat(analysis.getAction()).contains("tutorial.data-dir, tutorial.limits.enabled");
        });
    }

    @Test
    void aSectionIsNoSetting() {
        server.withPropertyValues("tutorial.limits=false").run(context -> assertThat(context).hasFailed());
    }

    @Test
    void whatKubernetesPutsIntoTheEnvironmentIsLeftAlone() {
        server.withInitializer(context -> context.getEnvironment()
                .getPropertySources()
                .addLast(new SystemEnvironmentPropertySource("systemEnvironment", Map.of("tutorial.server.port",
                        "tcp://10.0.0.1:80"))))
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static FailureAnalysis analysis(AssertableApplicationContext context) {
        Throwable failure = Objects.requireNonNull(context.getStartupFailure());
        return Objects.requireNonNull(new UnknownSettingFailureAnalyzer().analyze(failure));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SampleSettings.class)
    static class Sample {}

    @ConfigurationProperties("tutorial")
    record SampleSettings(@DefaultValue("data") String dataDir, @DefaultValue Limits limits) {

        record Limits(@DefaultValue("true") boolean enabled) {}
    }
}
