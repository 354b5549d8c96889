package dev.trafficlab.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

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

    private static final String RBAC = "../manifests/deploy/real-cluster/rights/rbac.yaml";

    @Test
    void theDeploymentGrantsWhatIsAskedForAndNothingElse() throws IOException {
        Set<Permission> asked = new HashSet<>(Permission.needed(SHARED, "traffic-lab-server"));
        asked.addAll(Permission.toBind());
        asked.addAll(Permission.useful(SHARED));
        assertThat(granted(role -> !role.equals(Permission.LAB_ROLE))).containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void theRoleBoundInLabsGrantsWhatLabsNeedAndNothingElse() throws IOException {
        assertThat(granted(Permission.LAB_ROLE::equals)).containsExactlyInAnyOrderElementsOf(Permission.inLabs(SHARED));
    }

    private static Set<Permission> granted(Predicate<String> roles) throws IOException {
        Set<Permission> granted = new HashSet<>();
        for (String document : Files.readString(Path.of(RBAC)).split("\n---\n")) {
            HasMetadata object = new KubernetesSerialization().unmarshal(document, HasMetadata.class);
            if (!roles.test(object.getMetadata().getName())) {
                continue;
            }
            if (object instanceof ClusterRole role) {
                role.getRules().forEach(rule -> add(granted, rule, ""));
            } else if (object instanceof Role role) {
                role.getRules().forEach(rule -> add(granted, rule, role.getMetadata().getNamespace()));
            }
        }
        return granted;
    }

    @Test
    void oneLearnerNeedsNothingOutsideHerNamespaceButToFindTheGateway() {
        RealClusterSettings one = settings(Learners.ONE);
        assertThat(Permission.needed(one, "default")).extracting(Permission::namespace)
                .containsOnly("traffic-lab", "istio-system");
        assertThat(Permission.inLabs(one)).extracting(Permission::namespace).containsOnly("traffic-lab");
    }

    @Test
    void aPermissionIsNamedAsKubectlNamesIt() {
        assertThat(new Permission("patch", "networking.istio.io", "gateways", "").title()).isEqualTo(
                "patch gateways.networking.istio.io");
        assertThat(new Permission("get", "", "services/proxy", "traffic-lab").question()).isEqualTo(
                "kubectl auth can-i get services --subresource=proxy -n traffic-lab");
    }

    private static void add(Set<Permission> granted, PolicyRule rule, String namespace) {
        String name = rule.getResourceNames().isEmpty() ? "" : rule.getResourceNames().getFirst();
        rule.getApiGroups()
                .forEach(group -> rule.getResources()
                        .forEach(resource -> rule.getVerbs()
                                .forEach(verb -> granted.add(new Permission(verb, group, resource, name, namespace)))));
    }

    private static RealClusterSettings settings(Learners learners) {
        return new RealClusterSettings("", "", learners, "traffic-lab", "traffic-lab.internal", "",
                "istio-system/istio-ingressgateway", "traffic-lab");
    }
}
