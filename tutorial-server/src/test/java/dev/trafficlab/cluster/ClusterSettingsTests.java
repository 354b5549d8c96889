package dev.trafficlab.cluster;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.cluster.RealClusterSettings.Learners;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterSettingsTests {

    private final ApplicationContextRunner server = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void withoutSettingsTheClusterIsEmbeddedAndKeptInData() {
        server.run(context -> assertThat(context.getBean(ClusterSettings.class))
                .isEqualTo(new ClusterSettings(Cluster.Kind.EMBEDDED, Path.of("data"), Duration.ofMillis(200))));
    }

    @Test
    void everySettingIsRead() {
        server.withPropertyValues("tutorial.cluster=kubeconfig", "tutorial.data-dir=/var/lib/traffic-lab",
                "tutorial.pod-phase=0s")
                .run(context -> assertThat(context.getBean(ClusterSettings.class)).isEqualTo(new ClusterSettings(
                        Cluster.Kind.KUBECONFIG, Path.of("/var/lib/traffic-lab"), Duration.ZERO)));
    }

    @Test
    void onARealClusterOneLearnerWorksInTrafficLabUnlessToldOtherwise() {
        server.run(context -> assertThat(context.getBean(RealClusterSettings.class)).isEqualTo(new RealClusterSettings(
                "", "", Learners.ONE, "traffic-lab", "traffic-lab.internal", "", "istio-system/istio-ingressgateway",
                "traffic-lab")));
    }

    @Test
    void everySettingOfARealClusterIsRead() {
        server.withPropertyValues("tutorial.kubeconfig.file=/etc/kubeconfig", "tutorial.kubeconfig.context=kind-lab",
                "tutorial.kubeconfig.learners=many", "tutorial.kubeconfig.namespace=mine",
                "tutorial.kubeconfig.domain=labs.example", "tutorial.kubeconfig.gateway-url=http://192.0.2.1:31380",
                "tutorial.kubeconfig.gateway-service=mesh/door", "tutorial.kubeconfig.images=registry.example/lab")
                .run(context -> assertThat(context.getBean(RealClusterSettings.class)).isEqualTo(
                        new RealClusterSettings("/etc/kubeconfig", "kind-lab", Learners.MANY, "mine", "labs.example",
                                "http://192.0.2.1:31380", "mesh/door", "registry.example/lab")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tutorial.kubeconfig.namespace=Mine", "tutorial.kubeconfig.gateway-url=ftp://door",
        "tutorial.kubeconfig.gateway-url=http://door/path", "tutorial.kubeconfig.gateway-service=door",
        "tutorial.kubeconfig.learners=few", "tutorial.kubeconfig.images=registry/"})
    void aBadValueForARealClusterStopsTheStart(String setting) {
        server.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tutorial.cluster=minikube", "tutorial.pod-phase=-1s", "tutorial.pod-phase=soon"})
    void aBadValueStopsTheStart(String setting) {
        server.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({ClusterSettings.class, RealClusterSettings.class})
    static class Settings {}
}
