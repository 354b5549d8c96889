package dev.trafficlab.web.testing;

import java.util.List;

import io.fabric8.kubernetes.client.KubernetesClient;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.ClusterConnectivity;
import dev.trafficlab.lab.RolloutProgress;
import dev.trafficlab.lab.Rollouts;

import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

/**
 * The real guards and limits, and fakes for what the pages stand on; to be imported. Not a {@code @Configuration}: the real application scans this package in its tests and must
 * not find it.
 */
@EnableWebSecurity
@ConfigurationPropertiesScan({"dev.trafficlab.web", "dev.trafficlab.limits"})
@ComponentScan({"dev.trafficlab.web.security", "dev.trafficlab.web.signin", "dev.trafficlab.web.cookies",
    "dev.trafficlab.web.rates", "dev.trafficlab.web.starts", "dev.trafficlab.limits"})
public class Fakes {

    @Bean
    FakeLabs labs() {
        return new FakeLabs();
    }

    @Bean
    FakeTraffic traffic() {
        return new FakeTraffic();
    }

    /** The pages ask for its kind alone. */
    @Bean
    Cluster cluster() {
        return new Cluster() {
            @Override
            public KubernetesClient client() {
                throw new AssertionError("pages know no Kubernetes");
            }

            @Override
            public Kind kind() {
                return Kind.EMBEDDED;
            }
        };
    }

    @Bean
    FakeInventory inventory() {
        return new FakeInventory();
    }

    @Bean
    FakeDrafts drafts() {
        return new FakeDrafts();
    }

    @Bean
    ClusterConnectivity pulse() {
        return ClusterConnectivity.steady();
    }

    /** Pods are always all there. */
    @Bean
    Rollouts rollouts() {
        return (labId, listener) -> {
            listener.see(new RolloutProgress(List.of()));
            return () -> {};
        };
    }

    /** The slice's pages behind the filters that guard them. */
    public static MockMvcTester guarded(WebApplicationContext context) {
        return MockMvcTester.from(context, builder -> builder.apply(springSecurity()).build());
    }
}
