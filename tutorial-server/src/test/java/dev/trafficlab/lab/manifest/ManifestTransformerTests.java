package dev.trafficlab.lab.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.cluster.RealClusterSettings.Learners;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.kind.LabKind;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestTransformerTests {

    private static final String LAB = "lab-abcdefghij";
    private static final String HOST = "./lab-abcdefghij.traffic-lab.internal";

    private final List<Problem> problems = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"traffic-lab/colors:1, registry.example.org:5000/lab/colors:1", "docker.io/traffic-lab/colors:1,",
        "busybox,"})
    void imagesOfTheCourseComeFromTheConfiguredRegistry(String image, @Nullable String mapped) {
        var deployment = fit(settings(Learners.ONE),
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: colors-v1}
                spec: {template: {spec: {containers: [{name: a, image: "%s"}], initContainers: [{name: b, image: "%s"}]}}}
                """.formatted(
                        image, image));

        String wanted = mapped == null ? image : mapped;
        assertThat((Object) deployment.get("spec", "template", "spec", "containers", 0, "image")).isEqualTo(wanted);
        assertThat((Object) deployment.get("spec", "template", "spec", "initContainers", 0, "image")).isEqualTo(wanted);
    }

    @Test
    void istiosKindsAreSentInTheVersionThatIsServed() {
        assertThat(fit(settings(Learners.ONE), gateway("*")).getApiVersion()).isEqualTo("networking.istio.io/v1beta1");
        assertThat(fit(settings(Learners.ONE), "apiVersion: v1\nkind: Service\nmetadata: {name: a}").getApiVersion())
                .isEqualTo("v1");
    }

    @Test
    void oneLearnersGatewayStaysAsItIs() {
        assertThat(hosts(fit(settings(Learners.ONE), gateway("*")))).isEqualTo(List.of("*"));
    }

    @ParameterizedTest
    @CsvSource({"*", "*/*", "./*", "lab-abcdefghij.traffic-lab.internal"})
    void amongSeveralAGatewayListensForItsLabAlone(String host) {
        assertThat(hosts(fit(settings(Learners.MANY), gateway(host)))).isEqualTo(List.of(HOST));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"example.org", "*.traffic-lab.internal", "lab-zzzzzzzzzz.traffic-lab.internal", "*.com"})
    void amongSeveralNoOtherHostCanBeHad(String host) {
        fit(settings(Learners.MANY), gateway(host));
        assertThat(problems).singleElement().extracting(Problem::message).asString().contains(host, HOST.substring(2));
    }

    @Test
    void amongSeveralRoutesAndRulesAreForTheLabAndTheIngressGatewayAlone() {
        var route = fit(settings(Learners.MANY),
                """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: a}
                spec: {hosts: ["*"], exportTo: ["*"]}
                """);
        assertThat((Object) route.get("spec", "exportTo")).isEqualTo(List.of(".", "istio-system"));
    }

    private GenericKubernetesResource fit(RealClusterSettings settings, String yaml) {
        GenericKubernetesResource resource = new KubernetesSerialization().unmarshal("---\n" + yaml,
                GenericKubernetesResource.class);
        LabKind kind = LabKind.named(resource.getKind()).orElseThrow();
        return new ManifestTransformer(settings, () -> "v1beta1").fit(LAB, new ManifestObject(kind, resource), problems)
                .resource();
    }

    private static Object hosts(GenericKubernetesResource gateway) {
        Map<String, Object> server = gateway.get("spec", "servers", 0);
        return server.getOrDefault("hosts", List.of());
    }

    private static String gateway(String host) {
        return """
               apiVersion: networking.istio.io/v1
               kind: Gateway
               metadata: {name: my-gateway}
               spec: {servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["%s"]}]}
               """.formatted(host);
    }

    private static RealClusterSettings settings(Learners learners) {
        return new RealClusterSettings("", "", learners, "traffic-lab", "traffic-lab.internal", "",
                "istio-system/istio-ingressgateway", "registry.example.org:5000/lab");
    }
}
