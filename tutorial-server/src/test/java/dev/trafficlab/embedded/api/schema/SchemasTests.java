package dev.trafficlab.embedded.api.schema;

import java.util.Objects;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.api.ResourceType;
import dev.trafficlab.embedded.api.ResourceTypes;
import dev.trafficlab.embedded.api.YamlText;
import dev.trafficlab.embedded.api.schema.Schema.ListSchema;
import dev.trafficlab.embedded.api.schema.Schema.MapSchema;
import dev.trafficlab.embedded.api.schema.Schema.ObjectSchema;
import dev.trafficlab.embedded.api.schema.Schema.ScalarSchema;

import static org.assertj.core.api.Assertions.assertThat;

class SchemasTests {

    private static final ResourceType DEPLOYMENT = ResourceTypes.byKind("apps", "v1", "Deployment").orElseThrow();
    private static final ResourceType SERVICE = ResourceTypes.byKind("", "v1", "Service").orElseThrow();
    private static final ResourceType POD = ResourceTypes.byKind("", "v1", "Pod").orElseThrow();
    private static final ResourceType NAMESPACE = ResourceTypes.byKind("", "v1", "Namespace").orElseThrow();
    private static final ResourceType DESTINATION_RULE = istio("DestinationRule");
    private static final ResourceType VIRTUAL_SERVICE = istio("VirtualService");

    @Test
    void listsAreKeyedAsKubernetesDeclaresThem() {
        assertThat(list(DEPLOYMENT, "spec", "template", "spec", "containers").keys()).containsExactly("name");
        assertThat(list(SERVICE, "spec", "ports").keys()).containsExactly("port", "protocol");
        assertThat(list(DEPLOYMENT, "status", "conditions").keys()).containsExactly("type");
        assertThat(list(DEPLOYMENT, "metadata", "finalizers").set()).isTrue();
        assertThat(list(VIRTUAL_SERVICE, "spec", "http")).satisfies(http -> {
            assertThat(http.keys()).isEmpty();
            assertThat(http.set()).isFalse();
        });
    }

    @Test
    void oneOfIsReadFromTheModelsWrappers() {
        var balancer = (ObjectSchema) at(DESTINATION_RULE, "spec", "trafficPolicy", "loadBalancer");
        assertThat(balancer.fields()).containsKeys("simple", "consistentHash", "localityLbSetting");
        assertThat(balancer.choices()).singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("simple", "consistentHash");
        var hash = (ObjectSchema) at(DESTINATION_RULE, "spec", "trafficPolicy", "loadBalancer", "consistentHash");
        assertThat(hash.choices()).hasSize(2);
    }

    @Test
    void ringHashHasTheFieldThatTheModelLost() {
        var ring = (ObjectSchema) at(DESTINATION_RULE, "spec", "trafficPolicy", "loadBalancer", "consistentHash",
                "ringHash");
        assertThat(ring.fields()).containsOnlyKeys("minimumRingSize");
    }

    @Test
    void scalarsKnowTheirFormat() {
        assertThat(at(DEPLOYMENT, "spec", "replicas")).isInstanceOfSatisfying(ScalarSchema.class,
                replicas -> assertThat(replicas.format()).isEqualTo("int32"));
        assertThat(at(SERVICE, "spec", "ports", "targetPort")).isInstanceOfSatisfying(ScalarSchema.class,
                port -> assertThat(port.type()).isEqualTo("int-or-string"));
        assertThat(at(VIRTUAL_SERVICE, "spec", "http", "timeout")).isInstanceOfSatisfying(ScalarSchema.class,
                timeout -> assertThat(timeout.format()).isEqualTo("duration"));
        assertThat(at(DEPLOYMENT, "metadata", "labels")).isInstanceOf(MapSchema.class);
    }

    @Test
    void everyKindIsReadToTheEnd() {
        assertThat(ResourceTypes.all()).allSatisfy(type -> assertThat(Schemas.openApi(type.group(), type.versions()
                .getFirst())
                .path("components")
                .path("schemas")).isNotEmpty());
    }

    @Test
    void pruningLeavesWhatIsKnown() {
        // Given
        ObjectNode service = parse("""
                                   metadata: {name: colors, colour: red}
                                   spec: {ports: [{port: 80, prot: 81}], selectors: {app: colors}}
                                   """);
        // When
        Schemas.prune(SERVICE, service);
        // Then
        assertThat(service).isEqualTo(parse("{metadata: {name: colors}, spec: {ports: [{port: 80}]}}"));
        assertThat(Schemas.unknownFields(SERVICE, service)).isEmpty();
    }

    @Test
    void statusOfIstiosKindsIsOpen() {
        ObjectNode route = parse("{status: {anything: {goes: true}}}");
        assertThat(Schemas.unknownFields(VIRTUAL_SERVICE, route)).isEmpty();
    }

    @Test
    void deploymentGetsWhatKubernetesFillsIn() {
        // Given
        ObjectNode deployment = parse(
                """
                spec:
                  template:
                    spec:
                      containers:
                      - {name: a, image: "traffic-lab/colors:1", ports: [{containerPort: 3000}], readinessProbe: {httpGet: {port: 80}}}
                      - {name: b, image: "registry:5000/colors"}
                """);
        // When
        Schemas.applyDefaults(DEPLOYMENT, deployment);
        // Then
        assertThat(deployment).isEqualTo(parse(
                """
                spec:
                  replicas: 1
                  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 25%, maxSurge: 25%}}
                  revisionHistoryLimit: 10
                  progressDeadlineSeconds: 600
                  template:
                    spec:
                      restartPolicy: Always
                      dnsPolicy: ClusterFirst
                      schedulerName: default-scheduler
                      terminationGracePeriodSeconds: 30
                      securityContext: {}
                      containers:
                      - name: a
                        image: traffic-lab/colors:1
                        imagePullPolicy: IfNotPresent
                        terminationMessagePath: /dev/termination-log
                        terminationMessagePolicy: File
                        resources: {}
                        ports: [{containerPort: 3000, protocol: TCP}]
                        readinessProbe:
                          httpGet: {port: 80, path: /, scheme: HTTP}
                          timeoutSeconds: 1
                          periodSeconds: 10
                          successThreshold: 1
                          failureThreshold: 3
                      - name: b
                        image: registry:5000/colors
                        imagePullPolicy: Always
                        terminationMessagePath: /dev/termination-log
                        terminationMessagePolicy: File
                        resources: {}
                """));
    }

    @Test
    void defaultsKeepWhatIsThere() {
        // Given
        ObjectNode deployment = parse("{spec: {replicas: 0, strategy: {type: Recreate}}}");
        // When
        Schemas.applyDefaults(DEPLOYMENT, deployment);
        // Then
        assertThat(deployment.at("/spec/replicas").asInt()).isZero();
        assertThat(deployment.at("/spec/strategy")).isEqualTo(parse("{type: Recreate}"));
    }

    @Test
    void defaultingTwiceChangesNothingMore() {
        // Given
        ObjectNode pod = parse(
                "{spec: {containers: [{name: a, image: b, resources: {limits: {cpu: 1}}}], volumes: [{name: v}]}}");
        Schemas.applyDefaults(POD, pod);
        ObjectNode once = pod.deepCopy();
        // When
        Schemas.applyDefaults(POD, pod);
        // Then
        assertThat(pod).isEqualTo(once);
        assertThat(once.at("/spec/containers/0/resources/requests/cpu").asInt()).isEqualTo(1);
        assertThat(once.at("/spec/serviceAccountName").asText()).isEqualTo("default");
    }

    @Test
    void servicePortTargetsItself() {
        // Given
        ObjectNode service = parse("{spec: {ports: [{port: 80}]}}");
        // When
        Schemas.applyDefaults(SERVICE, service);
        // Then
        assertThat(service.at("/spec/ports/0")).isEqualTo(parse("{port: 80, protocol: TCP, targetPort: 80}"));
        assertThat(service.at("/spec/type").asText()).isEqualTo("ClusterIP");
        assertThat(service.at("/spec/sessionAffinity").asText()).isEqualTo("None");
    }

    @Test
    void namespaceIsLabelledWithItsName() {
        // Given
        ObjectNode namespace = parse("{metadata: {name: lab}}");
        // When
        Schemas.applyDefaults(NAMESPACE, namespace);
        // Then
        assertThat(namespace.at("/metadata/labels/kubernetes.io~1metadata.name").asText()).isEqualTo("lab");
        assertThat(namespace.at("/spec/finalizers/0").asText()).isEqualTo("kubernetes");
    }

    @Test
    void nullsVanishFromKubernetesOwnKindsOnly() {
        // Given
        ObjectNode service = parse("{metadata: {labels: null}, spec: {selector: null}}");
        ObjectNode route = parse("{spec: {hosts: null}}");
        // When
        Schemas.applyDefaults(SERVICE, service);
        Schemas.applyDefaults(VIRTUAL_SERVICE, route);
        // Then
        assertThat(service.path("metadata")).isEmpty();
        assertThat(service.path("spec").has("selector")).isFalse();
        assertThat(route.path("spec").has("hosts")).isTrue();
    }

    private static ResourceType istio(String kind) {
        return ResourceTypes.byKind("networking.istio.io", "v1", kind).orElseThrow();
    }

    private static ObjectNode parse(String yaml) {
        return (ObjectNode) YamlText.one(yaml);
    }

    private static ListSchema list(ResourceType type, String... path) {
        return (ListSchema) at(type, path);
    }

    /** The structure at the end of the path; lists on the way are passed through to their items. */
    private static Schema at(ResourceType type, String... path) {
        Schema schema = Schemas.of(type);
        for (String name : path) {
            var owner = schema instanceof ListSchema list ? list.items().schema() : schema;
            schema = Objects.requireNonNull(((ObjectSchema) owner).fields().get(name), name).schema();
        }
        return schema;
    }
}
