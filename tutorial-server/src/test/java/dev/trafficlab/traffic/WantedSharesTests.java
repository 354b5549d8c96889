package dev.trafficlab.traffic;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WantedSharesTests {

    private static final List<ColorDeployment> DEPLOYMENTS = List.of(deployment("v1", 1), deployment("v2", 1),
            deployment("v3", 1));

    private static final DestinationRule SUBSETS = Serialization.unmarshal("""
                                                                           apiVersion: networking.istio.io/v1
                                                                           kind: DestinationRule
                                                                           metadata: {name: colors}
                                                                           spec:
                                                                             host: colors
                                                                             subsets:
                                                                             - {name: first, labels: {version: v1}}
                                                                             - {name: second, labels: {version: v2}}
                                                                             - {name: all, labels: {app: colors}}
                                                                           """, DestinationRule.class);

    @Test
    void weightsBelongToTheDeploymentsBehindTheSubsets() {
        assertThat(wanted("""
                          - route:
                            - {destination: {host: colors, subset: first}, weight: 30}
                            - {destination: {host: colors, subset: second}, weight: 10}
                          """)).containsOnly(Map.entry("v1", 0.75), Map.entry("v2", 0.25), Map.entry("v3", 0.0));
    }

    @Test
    void onlyDestinationGetsEverythingWhateverItsWeight() {
        assertThat(wanted("- route: [{destination: {host: colors, subset: second}, weight: 10}]"))
                .containsOnly(Map.entry("v1", 0.0), Map.entry("v2", 1.0), Map.entry("v3", 0.0));
    }

    @Test
    void wholeHostWantsNothing() {
        assertThat(wanted("- route: [{destination: {host: colors}}]")).isEmpty();
    }

    @Test
    void routesToOtherServicesDoNotCount() {
        assertThat(wanted(
                "- route: [{destination: {host: logger, subset: first}}, {destination: {host: logger, subset: x}}]"))
                .isEmpty();
    }

    @Test
    void weightedRouteCountsBeforeAnExceptionForTesters() {
        assertThat(wanted("""
                          - match: [{headers: {x-tester: {exact: "yes"}}}]
                            route: [{destination: {host: colors, subset: second}}]
                          - route:
                            - {destination: {host: colors.lab.svc.cluster.local, subset: first}, weight: 90}
                            - {destination: {host: colors, subset: second}, weight: 10}
                          """)).containsEntry("v1", 0.9);
    }

    @Test
    void subsetOfSeveralDeploymentsSharesByPods() {
        List<ColorDeployment> deployments = List.of(deployment("v1", 3), deployment("v2", 1));
        Map<String, Double> wanted = new WantedShares(Set.of("colors"), deployments, List.of(SUBSETS))
                .of(List.of(virtualService("- route: [{destination: {host: colors, subset: all}}]")));

        assertThat(wanted).containsOnly(Map.entry("v1", 0.75), Map.entry("v2", 0.25));
    }

    @Test
    void weightOfAnUnknownSubsetIsNobodys() {
        assertThat(wanted("""
                          - route:
                            - {destination: {host: colors, subset: first}, weight: 50}
                            - {destination: {host: colors, subset: nowhere}, weight: 50}
                          """)).containsOnly(Map.entry("v1", 0.5), Map.entry("v2", 0.0), Map.entry("v3", 0.0));
    }

    @Test
    void weightsOfNothingWantNothing() {
        assertThat(wanted(
                "- route: [{destination: {host: colors, subset: first}}, {destination: {host: colors, subset: second}}]"))
                .isEmpty();
    }

    @Test
    void colorIsTheEnvironmentsOrTheAppsOwnDefault() {
        assertThat(ColorDeployment.of(appsDeployment("traffic-lab/colors:1", "gold"))).hasValueSatisfying(
                colors -> assertThat(colors).isEqualTo(new ColorDeployment("colors-v1", "gold", Map.of("version", "v1"),
                        1)));
        assertThat(ColorDeployment.of(appsDeployment("traffic-lab/colors:1", ""))).map(ColorDeployment::color)
                .hasValue("red");
        assertThat(ColorDeployment.of(appsDeployment("traffic-lab/echo:1", "gold"))).isEmpty();
    }

    private static Map<String, Double> wanted(String http) {
        return new WantedShares(Set.of("colors", "colors.lab.svc.cluster.local"), DEPLOYMENTS, List.of(SUBSETS))
                .of(List.of(virtualService(http)));
    }

    private static VirtualService virtualService(String http) {
        return Serialization.unmarshal(
                "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: colors}\nspec:\n  http:\n"
                        + http.indent(2), VirtualService.class);
    }

    private static ColorDeployment deployment(String version, int replicas) {
        return new ColorDeployment(version, "color-" + version, Map.of("app", "colors", "version", version), replicas);
    }

    private static Deployment appsDeployment(String image, String color) {
        return Serialization.unmarshal(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: colors-v1}
                spec:
                  template:
                    metadata: {labels: {version: v1}}
                    spec:
                      containers: [{name: colors, image: "%s", env: [{name: COLOR, value: "%s"}]}]
                """.formatted(image, color), Deployment.class);
    }
}
