package dev.trafficlab.embedded.controller;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.trafficlab.embedded.api.write.Deletion;
import dev.trafficlab.embedded.api.write.Deletion.Propagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of an owner's dependents, and of everything in a namespace that goes. */
class OwnershipTests {

    private static final String NS = "lab-owners";

    private final ControlPlane cluster = ControlPlane.start();

    @BeforeEach
    void createADeployment() {
        cluster.namespace(NS);
        cluster.create(NS, ControlPlane.ECHO.apply("web"));
        cluster.awaitReadyPods(NS, 2);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void dependentsOfADeletedOwnerGoInTheBackground() {
        cluster.delete(Kind.DEPLOYMENT, NS, "web", with(Propagation.BACKGROUND));

        assertThat(cluster.state.find(Kind.DEPLOYMENT, NS, "web")).isEmpty();
        awaitNothing();
    }

    @Test
    void ownerDeletedInTheForegroundWaitsForItsDependents() {
        cluster.delete(Kind.DEPLOYMENT, NS, "web", with(Propagation.FOREGROUND));

        await().untilAsserted(() -> assertThat(cluster.state.find(Kind.DEPLOYMENT, NS, "web")).isEmpty());
        assertThat(cluster.state.list(Kind.REPLICA_SET, NS)).isEmpty();
        awaitNothing();
    }

    @Test
    void orphansStayAndRunOn() {
        cluster.delete(Kind.DEPLOYMENT, NS, "web", with(Propagation.ORPHAN));

        await().untilAsserted(() -> assertThat(cluster.state.find(Kind.DEPLOYMENT, NS, "web")).isEmpty());
        assertThat(cluster.state.list(Kind.REPLICA_SET, NS)).singleElement()
                .satisfies(set -> assertThat(set.controller()).isEmpty());
        assertThat(cluster.awaitReadyPods(NS, 2)).hasSize(2);
    }

    @Test
    void endpointsGoWithTheirService() {
        cluster.create(NS,
                "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 3000}]}}");
        await().untilAsserted(() -> assertThat(cluster.state.list(Kind.ENDPOINT_SLICE, NS)).hasSize(1));

        cluster.delete(Kind.SERVICE, NS, "web", Deletion.usual());

        await().untilAsserted(() -> assertThat(cluster.state.list(Kind.ENDPOINT_SLICE, NS)).isEmpty());
        await().untilAsserted(() -> assertThat(cluster.state.find(Kind.ENDPOINTS, NS, "web")).isEmpty());
    }

    @Test
    void namespaceIsFurnishedAndEmptiedBeforeItGoes() {
        await().untilAsserted(() -> assertThat(cluster.state.find(Kind.SERVICE_ACCOUNT, NS, "default")).isPresent());
        await().untilAsserted(() -> assertThat(cluster.state.find(Kind.CONFIG_MAP, NS, "kube-root-ca.crt"))
                .isPresent());

        cluster.delete(Kind.NAMESPACE, "", NS, Deletion.usual());

        await().untilAsserted(() -> assertThat(cluster.state.find(Kind.NAMESPACE, "", NS)).isEmpty());
        for (Kind kind : List.of(Kind.POD, Kind.DEPLOYMENT, Kind.REPLICA_SET, Kind.EVENT, Kind.CONFIG_MAP,
                Kind.SERVICE_ACCOUNT)) {
            assertThat(cluster.state.list(kind, NS)).as(kind.kind()).isEmpty();
        }
    }

    private void awaitNothing() {
        await().untilAsserted(() -> assertThat(cluster.state.list(Kind.REPLICA_SET, NS)).isEmpty());
        await().untilAsserted(() -> assertThat(cluster.state.list(Kind.POD, NS)).isEmpty());
    }

    private static Deletion with(Propagation propagation) {
        return new Deletion(Optional.of(propagation), OptionalLong.empty(), Optional.empty(), OptionalLong.empty());
    }
}
