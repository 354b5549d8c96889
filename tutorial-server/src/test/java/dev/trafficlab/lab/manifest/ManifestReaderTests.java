package dev.trafficlab.lab.manifest;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.ManifestReading.Readable;
import dev.trafficlab.lab.ManifestReading.Unreadable;
import dev.trafficlab.lab.backend.EmbeddedLabBackend;
import dev.trafficlab.lab.backend.LabSecrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class ManifestReaderTests {

    private static final String LAB = "lab-aaaaaaaaaa";
    private static final String SERVICE = """
                                          apiVersion: v1
                                          kind: Service
                                          metadata:
                                            name: colors
                                          """;

    private final ManifestReader reader = new ManifestReader(new KubernetesSerialization(),
            new EmbeddedLabBackend(new KubernetesClientBuilder().build(), new LabSecrets(new SplittableRandom(1)),
                    InstantSource.system()));

    @Test
    void objectsAreMadeToLiveInTheLab() {
        List<ManifestObject> objects = read(SERVICE + "---\n" + SERVICE.replace("colors", "other"));
        assertThat(objects).extracting(ManifestObject::title).containsExactly("Service colors", "Service other");
        assertThat(objects).allSatisfy(object -> assertThat(object.resource().getMetadata().getNamespace()).isEqualTo(
                LAB));
    }

    @Test
    void whatIsInTheSpecStaysAsWritten() {
        ManifestObject object = read(SERVICE + "spec: {ports: [{port: 80, nonsense: [1, 2.5, yes, null]}]}").getFirst();
        assertThat(object.resource().<Object>get("spec", "ports", 0, "nonsense").toString()).isEqualTo(
                "[1, 2.5, yes, null]");
    }

    @Test
    void theCoursesNamespaceStandsForTheLabsOwn() {
        ManifestObject object = read(
                "{apiVersion: v1, kind: Namespace, metadata: {name: traffic-lab, labels: {istio-injection: enabled}}}")
                .getFirst();
        assertThat(object.title()).isEqualTo("Namespace " + LAB);
        assertThat(object.resource().getMetadata().getLabels()).containsEntry("istio-injection", "enabled");
    }

    @Test
    void aListCountsAsWhatIsInIt() {
        assertThat(read("""
                        apiVersion: v1
                        kind: List
                        items:
                        - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
                        - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
                        """)).hasSize(2);
    }

    @Test
    void allThreeVersionsOfTheRoutingKindsAreTaken() {
        for (String version : List.of("v1", "v1beta1", "v1alpha3")) {
            assertThat(read("{apiVersion: networking.istio.io/" + version + ", kind: Gateway, metadata: {name: g}}"))
                    .hasSize(1);
        }
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(refuse(SERVICE.replace("Service", "Secret") + "---\n" + SERVICE.replace("v1", "v2"))).hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void badInputIsRefused(String name, String yaml, String object, String message) {
        assertThat(refuse(yaml)).first().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(object);
            assertThat(problem.message()).contains(message);
        });
    }

    static Stream<Arguments> badInputIsRefused() {
        String namespace = "{apiVersion: v1, kind: Namespace, metadata: {name: " + LAB + ", ";
        return Stream.of(Arguments.of("broken YAML", "kind: Service\n  name: x: y", "line 2, column 7",
                "mapping values are not allowed"),
                Arguments.of("a tab", "kind:\n\tService", "line 2, column 1", "cannot start any token"),
                Arguments.of("a key twice", "kind: A\nkind: B", "line 2, column 1", "duplicate key"),
                Arguments.of("an alias", "a: &x [1]\nb: *x", "line 2, column 4", "Aliases (*x) are not taken"),
                Arguments.of("a star without quotes", "hosts:\n- *\n", "line 2, column 4", "write \"*\""),
                Arguments.of("a custom tag", "a: !!java.net.URL [x]", "line 1, column 4",
                        "tag:yaml.org,2002:java.net.URL"),
                Arguments.of("deep nesting", "[".repeat(200_000), "line 1, column 65", "Nested deeper"),
                Arguments.of("too large", "# " + "x".repeat(300_000), "", "larger than 256 KiB"),
                Arguments.of("nothing", "# only a comment\n---\n", "", "No objects"),
                Arguments.of("a scalar", "hello", "line 1", "A Kubernetes object was expected"),
                Arguments.of("a list of nothing", "kind: List\nitems: [~]", "line 1",
                        "A Kubernetes object was expected"),
                Arguments.of("no kind", "\n\napiVersion: v1", "line 3", "kind is not set"),
                Arguments.of("no apiVersion", "kind: Service", "line 1", "apiVersion is not set"),
                Arguments.of("no name", "{apiVersion: v1, kind: Service}", "Service at line 1",
                        "metadata.name is not set"),
                Arguments.of("a name that is a number", SERVICE.replace("colors", "12"), "Service at line 1",
                        "metadata.name is not set"),
                Arguments.of("an unknown kind", SERVICE.replace("Service", "Servise"), "Servise colors",
                        "no matches for kind \"Servise\" in version \"v1\". A lab takes Namespace, Service"),
                Arguments.of("a kind of no concern", SERVICE.replace("Service", "Secret"), "Secret colors",
                        "no matches for kind"),
                Arguments.of("an unknown version",
                        "{apiVersion: networking.istio.io/v9, kind: Gateway, metadata: {name: g}}", "Gateway g",
                        "Write apiVersion: networking.istio.io/v1 or"),
                Arguments.of("another namespace", SERVICE + "  namespace: lab-bbbbbbbbbb", "Service colors",
                        "metadata.namespace: \"lab-bbbbbbbbbb\" lies outside the lab"),
                Arguments.of("another Namespace", "{apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}",
                        "Namespace istio-system", "metadata.name"),
                Arguments.of("the server's annotations", namespace + "annotations: {trafficlab.dev/seen: \"2999\"}}}",
                        "Namespace " + LAB, "metadata.annotations.trafficlab.dev/seen"),
                Arguments.of("the platform's labels", namespace
                        + "labels: {pod-security.kubernetes.io/enforce: privileged}}}",
                        "Namespace " + LAB, "metadata.labels.pod-security.kubernetes.io/enforce"),
                Arguments.of("a finalizer on the Namespace", namespace + "finalizers: [a/b]}}", "Namespace " + LAB,
                        "metadata.finalizers"),
                Arguments.of("a Namespace's spec", namespace + "labels: {}}, spec: {finalizers: []}}", "Namespace "
                        + LAB, "spec"),
                Arguments.of("a label that is a number", SERVICE + "  labels: {version: 1}", "Service colors",
                        "metadata.labels.version must be a string"),
                Arguments.of("labels that are none", SERVICE + "  labels: [a]", "Service colors",
                        "metadata.labels must be a map"),
                Arguments.of("nonsense in the metadata", SERVICE + "  ownerReferences: 5", "line 1", "metadata"),
                Arguments.of("an object twice", SERVICE + "---\n" + SERVICE, "Service colors", "Stands twice"),
                Arguments.of("too many objects", ("{}\n---\n").repeat(51), "", "51 objects; 50 is the most"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whateverIsWrittenIsReadOrRefused(long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        String manifest = new ClassPathResource("manifests/traffic-weighting/destinationrule.yaml").getContentAsString(
                UTF_8);
        for (int i = 0; i < 1000; i++) {
            String spoilt = spoil(manifest, random);
            assertThatCode(() -> reader.read(LAB, spoilt)).as(spoilt).doesNotThrowAnyException();
        }
    }

    private static String spoil(String manifest, RandomGenerator random) {
        StringBuilder text = new StringBuilder(manifest);
        String nasty = "\n\t :-?#&*!|>'\"%@`{}[],~\u0000\uFEFF\uD800\u20AC0x1e9";
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, nasty.charAt(random.nextInt(nasty.length())));
                case 1 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
            }
        }
        return text.toString();
    }

    private List<ManifestObject> read(String yaml) {
        return switch (reader.read(LAB, yaml)) {
            case Readable readable -> readable.objects();
            case Unreadable unreadable -> throw new AssertionError(unreadable.problems().toString());
        };
    }

    private List<Problem> refuse(String yaml) {
        return switch (reader.read(LAB, yaml)) {
            case Readable readable -> throw new AssertionError("was taken: " + readable.objects());
            case Unreadable unreadable -> unreadable.problems();
        };
    }
}
