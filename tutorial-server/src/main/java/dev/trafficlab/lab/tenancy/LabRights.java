package dev.trafficlab.lab.tenancy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * The server's rights inside the namespaces of labs. An account that may do everything everywhere has them; the account of
 * {@code manifests/deploy/real-cluster} has them nowhere, and binds itself the ClusterRole {@value #ROLE} in each namespace that it makes.
 */
public final class LabRights {

    /** The ClusterRole with what a lab needs in its namespace. */
    public static final String ROLE = "traffic-lab-namespace";

    private static final String ACCOUNT = "system:serviceaccount:";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final ResourceDefinitionContext WHO_AM_I = new ResourceDefinitionContext.Builder().withGroup(
            "authentication.k8s.io")
            .withVersion("v1")
            .withKind("SelfSubjectReview")
            .withPlural("selfsubjectreviews")
            .build();

    private final KubernetesClient client;

    /** The rights of the client's account. */
    public LabRights(KubernetesClient client) {
        this.client = client;
    }

    /** Returns once the account may do in the namespace what a lab needs. */
    public void grantIn(String namespace) {
        if (isGranted("")) {
            return;
        }
        client.resource(binding(namespace, self())).create();
        awaitGranted(namespace);
    }

    /** The API server hears of a new binding by its own watch, a moment later. */
    private void awaitGranted(String namespace) {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!isGranted(namespace) && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private boolean isGranted(String namespace) {
        var review = new SelfSubjectAccessReviewBuilder().withNewSpec()
                .withNewResourceAttributes()
                .withVerb("create")
                .withResource("resourcequotas")
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization().v1().selfSubjectAccessReview().create(review).getStatus().getAllowed();
    }

    private Subject self() {
        GenericKubernetesResource question = new GenericKubernetesResource();
        question.setApiVersion("authentication.k8s.io/v1");
        question.setKind("SelfSubjectReview");
        GenericKubernetesResource answer = client.genericKubernetesResources(WHO_AM_I).resource(question).create();
        String name = answer.get("status", "userInfo", "username");
        if (!name.startsWith(ACCOUNT)) {
            return new SubjectBuilder().withApiGroup("rbac.authorization.k8s.io")
                    .withKind("User")
                    .withName(name)
                    .build();
        }
        String[] account = name.substring(ACCOUNT.length()).split(":", 2);
        return new SubjectBuilder().withKind("ServiceAccount").withNamespace(account[0]).withName(account[1]).build();
    }

    private static RoleBinding binding(String namespace, Subject self) {
        return new RoleBindingBuilder().withNewMetadata()
                .withName("traffic-lab-server")
                .withNamespace(namespace)
                .withLabels(Map.of("app.kubernetes.io/managed-by", "traffic-lab"))
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", ROLE)
                .withSubjects(self)
                .build();
    }
}
