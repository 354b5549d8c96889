package dev.trafficlab.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.cluster.RealClusterSettings.Learners;

import static org.assertj.core.api.Assertions.assertThat;

class PermissionTests {

    private static final RealClusterSettings SHARED = settings(Learners.MANY);

    @Test
    void theDeploymentGrantsWhatIsAskedForAndNothingElse() throws IOException {
        Set<Permission> granted = new HashSet<>();
        String yaml = Files.readString(Path.of("../manifests/deploy/real-cluster/rbac.yaml"));
        for (String document : yaml.split("\n---\n")) {
            HasMetadata object = new KubernetesSerialization().unmarshal(document, HasMetadata.class);
            if (object instanceof ClusterRole role) {
                role.getRules().forEach(rule -> add(granted, rule, ""));
            } else if (object instanceof Role role) {
                role.getRules().forEach(rule -> add(granted, rule, role.getMetadata().getNamespace()));
            }
        }
        Set<Permission> asked = new HashSet<>(Permission.needed(SHARED, "traffic-lab-server"));
        asked.addAll(Permission.useful(SHARED));

        assertThat(asked).allMatch(permission -> granted.contains(permission) || granted.contains(everywhere(
                permission)));
        assertThat(granted).allMatch(permission -> asked.stream()
                .anyMatch(one -> one.equals(permission)
                        || everywhere(one).equals(permission)));
    }

    @Test
    void oneLearnerNeedsNothingOutsideHerNamespaceButToFindTheGateway() {
        assertThat(Permission.needed(settings(Learners.ONE), "default")).extracting(Permission::namespace)
                .containsOnly("traffic-lab", "istio-system");
    }

    @Test
    void aPermissionIsNamedAsKubectlNamesIt() {
        assertThat(new Permission("patch", "networking.istio.io", "gateways", "").title()).isEqualTo(
                "patch gateways.networking.istio.io");
        assertThat(new Permission("get", "", "services/proxy", "traffic-lab").question()).isEqualTo(
                "kubectl auth can-i get services --subresource=proxy -n traffic-lab");
    }

    private static Permission everywhere(Permission permission) {
        return new Permission(permission.verb(), permission.group(), permission.resource(), "");
    }

    private static void add(Set<Permission> granted, PolicyRule rule, String namespace) {
        rule.getApiGroups()
                .forEach(group -> rule.getResources()
                        .forEach(resource -> rule.getVerbs()
                                .forEach(verb -> granted.add(new Permission(verb, group, resource, namespace)))));
    }

    private static RealClusterSettings settings(Learners learners) {
        return new RealClusterSettings("", "", learners, "traffic-lab", "traffic-lab.internal", "",
                "istio-system/istio-ingressgateway", "traffic-lab");
    }
}
