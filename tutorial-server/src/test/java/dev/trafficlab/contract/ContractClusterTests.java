package dev.trafficlab.contract;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.trafficlab.contract.Cluster.Way;
import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.embedded.EmbeddedSettings;
import dev.trafficlab.embedded.api.HttpBinding;
import dev.trafficlab.realcluster.Istiod;
import dev.trafficlab.realcluster.RealApiServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every manifest gets the same verdict from both; the table is {@code target/contract-report.md}. */
class ContractClusterTests {

    /** Whether what Istio's own webhook decides is sent, too: {@code mvn verify -Pcluster,istiod}. */
    private static final boolean ASKS_ISTIOD = Boolean.getBoolean("trafficlab.istiod");
    private static final int MOST_TRIES = 60;
    private static final ContractReport REPORT = new ContractReport();
    private static final EmbeddedCluster EMBEDDED_CLUSTER = EmbeddedCluster.start(EmbeddedSettings.inMemory());
    private static final HttpBinding BINDING = HttpBinding.serve(EMBEDDED_CLUSTER.api());

    private static final Cluster EMBEDDED = new Cluster(HttpClient.newHttpClient(), BINDING.address(), Optional
            .empty());
    private static final Cluster REAL = real();
    private static Optional<Istiod> istiod = Optional.empty();

    private static Cluster real() {
        Config config = Config.fromKubeconfig(RealApiServer.shared().kubeconfig().toFile());
        try {
            HttpClient http = HttpClient.newBuilder().sslContext(SSLUtils.sslContext(config)).build();
            return new Cluster(http, RealApiServer.shared().address(), Optional.of(RealApiServer.shared().token()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeAll
    static void namespaces() {
        istiod = ASKS_ISTIOD ? Optional.of(Istiod.start(RealApiServer.shared())) : Optional.empty();
        Stream.of(EMBEDDED, REAL).forEach(cluster -> {
            cluster.makeNamespace();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> cluster.has("/api/v1/namespaces/contract/serviceaccounts/default"));
        });
    }

    @AfterAll
    static void report() throws IOException {
        REPORT.write(Path.of("target", "contract-report.md"));
        istiod.ifPresent(Istiod::close);
        BINDING.close();
        EMBEDDED_CLUSTER.close();
    }

    static Stream<Arguments> manifests() {
        return Manifest.all()
                .filter(manifest -> ASKS_ISTIOD || !manifest.webhook())
                .flatMap(manifest -> Arrays.stream(Way.values()).map(way -> Arguments.of(manifest, way)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("manifests")
    void bothSayTheSame(Manifest manifest, Way way) {
        // When
        Verdict embedded = EMBEDDED.judge(manifest, way).verdict();
        Verdict real = verdictOfTheReal(manifest, way, embedded);
        // Then
        REPORT.add(new ContractReport.Row(manifest, way, real, embedded));
        assertThat(embedded.blame()).as("%s / %s", real, embedded).isEqualTo(real.blame());
        assertThat(embedded.reason()).as("%s / %s", real, embedded).isEqualTo(real.reason());
        assertThat(embedded.fields()).as("%s / %s", real, embedded).isEqualTo(real.fields());
        assertThat(embedded.words()).as("%s / %s", real, embedded).isEqualTo(real.words());
    }

    /** Where chance decides which of several answers the real one gives, it is asked until it gives the embedded one's. */
    private static Verdict verdictOfTheReal(Manifest manifest, Way way, Verdict embedded) {
        Verdict verdict = REAL.judge(manifest, way).verdict();
        for (int i = 1; i < MOST_TRIES && verdict.isByChance() && !verdict.words().equals(embedded.words()); i++) {
            verdict = REAL.judge(manifest, way).verdict();
        }
        return verdict;
    }

    @Test
    void thereAreManyOfBothSorts() {
        assertThat(Manifest.all().filter(manifest -> !manifest.webhook())).hasSizeGreaterThan(60);
    }
}
