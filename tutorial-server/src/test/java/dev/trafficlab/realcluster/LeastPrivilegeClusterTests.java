package dev.trafficlab.realcluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.trafficlab.walk.ApiClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The account of the deployment: all that labs need, and next to nothing anywhere else. */
class LeastPrivilegeClusterTests {

    private static final List<String> VERBS = List.of("get", "list", "watch", "create", "update", "patch", "delete",
            "deletecollection");

    private static final RealApiServer SERVER = RealApiServer.shared();
    private static final KubernetesClient ADMINISTRATOR = SERVER.client();
    private static Path kubeconfig;
    private static KubernetesClient account;

    @BeforeAll
    static void start() {
        kubeconfig = DeploymentAccount.kubeconfig(SERVER);
        account = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build();
    }

    @AfterAll
    static void stop() {
        ADMINISTRATOR.namespaces().withLabel("app.kubernetes.io/managed-by", "traffic-lab").delete();
        account.close();
        ADMINISTRATOR.close();
    }

    @Test
    void outsideLabsTheAccountMayDoWhatTheDocumentationListsAndNothingElse() {
        assertThat(rightsIn("kube-system")).containsExactlyInAnyOrder("create namespaces", "delete namespaces",
                "get namespaces", "list namespaces", "patch namespaces",
                "create rolebindings.rbac.authorization.k8s.io",
                "list nodes", "list mutatingwebhookconfigurations.admissionregistration.k8s.io");
        assertThat(isAllowed("bind", "rbac.authorization.k8s.io", "clusterroles", "", "cluster-admin", "")).isFalse();
        assertThat(isAllowed("escalate", "rbac.authorization.k8s.io", "clusterroles", "", "", "")).isFalse();
        assertThat(isAllowed("impersonate", "", "users", "", "", "")).isFalse();
        assertThat(isAllowed("create", "", "pods", "exec", "", "kube-system")).isFalse();
        assertThat(isAllowed("get", "", "services", "proxy", "", "kube-system")).isFalse();
        assertThat(isAllowed("get", "", "pods", "log", "", "kube-system")).isFalse();
    }

    @Test
    void aLabIsAppliedCheckedAndResetUnderThisAccount() {
        try (Replica replica = Replica.start(kubeconfig, "--tutorial.kubeconfig.learners=many");
                ApiClient visitor = replica.stranger();
                Student student = Student.arriveAt(replica)) {
            assertThat(visitor.get("/preflight").text()).contains("that labs need are granted")
                    .doesNotContain("Not allowed");

            student.apply("services");
            student.apply("gateway");
            student.reset();

            assertThat(student.stepsThatAre("applied")).isEmpty();
            assertThat(ADMINISTRATOR.network().networkPolicies().inNamespace(student.id()).withName("lab").get())
                    .isNotNull();
        }
    }

    @Test
    void theGuardKeepsTheAccountToTheNamespacesOfLabs() {
        ADMINISTRATOR.resource(new NamespaceBuilder().withNewMetadata().withName("others").endMetadata().build())
                .serverSideApply();
        awaitGuard();

        assertRefused(() -> account.namespaces().withName("others").delete(),
                "removes no namespaces but those of labs");
        assertRefused(() -> account.namespaces()
                .withName("others")
                .patch("{\"metadata\":{\"labels\":{\"app.kubernetes.io/managed-by\":\"traffic-lab\"}}}"),
                "removes no namespaces but those of labs");
        assertRefused(() -> account.resource(new NamespaceBuilder().withNewMetadata()
                .withName("tools")
                .addToLabels("app.kubernetes.io/managed-by", "traffic-lab")
                .endMetadata()
                .build()).create(), "is named lab-");
        awaitRefused(() -> account.resource(binding("kube-system", DeploymentAccount.NAME)).dryRun(true).create(),
                "in the namespaces of labs alone");
    }

    @Test
    void noPodOfALabReachesItsNodeOrRunsAForeignImage() {
        String lab = "lab-guarded";
        ADMINISTRATOR.resource(new NamespaceBuilder().withNewMetadata()
                .withName(lab)
                .addToLabels("app.kubernetes.io/managed-by", "traffic-lab")
                .endMetadata()
                .build()).serverSideApply();
        awaitGuard();
        var good = new PodBuilder().withNewMetadata()
                .withNamespace(lab)
                .withName("good")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("app")
                .withImage("traffic-lab/colors:1")
                .endContainer()
                .endSpec()
                .build();
        await().untilAsserted(() -> assertThat(ADMINISTRATOR.resource(good).dryRun(true).create()).isNotNull());
        awaitRefused(() -> ADMINISTRATOR.resource(new PodBuilder(good).editSpec()
                .withHostNetwork(true)
                .endSpec()
                .build())
                .dryRun(true)
                .create(), "does not share its node");
        awaitRefused(() -> ADMINISTRATOR.resource(new PodBuilder(good).editSpec()
                .editFirstContainer()
                .withNewSecurityContext()
                .withNewCapabilities()
                .withAdd("SYS_ADMIN")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build()).dryRun(true).create(), "adds no capabilities");
        awaitRefused(() -> ADMINISTRATOR.resource(new PodBuilder(good).editSpec()
                .editFirstContainer()
                .withImage("example.org/miner:1")
                .endContainer()
                .endSpec()
                .build()).dryRun(true).create(), "Labs run images that start with");
        awaitRefused(() -> account.resource(binding(lab, "default")).dryRun(true).create(),
                "to itself, and nothing else");
    }

    /** A policy takes effect a moment after it is there, so the first tries are dry runs. */
    private static void awaitRefused(ThrowingCallable dryRun, String why) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertRefused(dryRun, why));
    }

    private static void awaitGuard() {
        awaitRefused(() -> account.resource(new NamespaceBuilder().withNewMetadata()
                .withName("not-a-lab")
                .endMetadata()
                .build()).dryRun(true).create(), "carries the label");
    }

    private static RoleBinding binding(String namespace, String account) {
        return new RoleBindingBuilder().withNewMetadata()
                .withName("grab")
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "traffic-lab-namespace")
                .addNewSubject(null, "ServiceAccount", account, DeploymentAccount.NAMESPACE)
                .build();
    }

    private static void assertRefused(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(KubernetesClientException.class).hasMessageContaining(why);
    }

    /** All verbs on all resources that the API server knows, but those that Kubernetes opens to every account. */
    private static Set<String> rightsIn(String namespace) {
        Set<String> rights = new TreeSet<>();
        for (var group : ADMINISTRATOR.getApiGroups().getGroups()) {
            resources(group.getPreferredVersion().getGroupVersion()).forEach(resource -> collect(rights, group
                    .getName(),
                    resource, namespace));
        }
        resources("v1").forEach(resource -> collect(rights, "", resource, namespace));
        return rights;
    }

    private static List<APIResource> resources(String groupVersion) {
        return ADMINISTRATOR.getApiResources(groupVersion)
                .getResources()
                .stream()
                .filter(resource -> !resource.getName().contains("/"))
                .toList();
    }

    private static void collect(Set<String> rights, String group, APIResource resource, String namespace) {
        if (resource.getName().startsWith("selfsubject") || resource.getName().equals("clustertrustbundles")) {
            return;
        }
        VERBS.stream()
                .filter(verb -> isAllowed(verb, group, resource.getName(), "", "", resource.getNamespaced() ? namespace
                        : ""))
                .forEach(verb -> rights.add(verb + " " + resource.getName() + (group.isEmpty() ? "" : "." + group)));
    }

    private static boolean isAllowed(String verb, String group, String resource, String subresource, String name,
            String namespace) {
        var review = new SelfSubjectAccessReviewBuilder().withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .withSubresource(subresource)
                .withName(name)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return account.authorization().v1().selfSubjectAccessReview().create(review).getStatus().getAllowed();
    }
}
