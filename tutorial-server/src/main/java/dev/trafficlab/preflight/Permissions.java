package dev.trafficlab.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.preflight.PreflightFinding.Limited;
import dev.trafficlab.preflight.PreflightFinding.Met;
import dev.trafficlab.preflight.PreflightFinding.Unmet;

/** Asks the cluster what the server's account may do. */
record Permissions(KubernetesClient client) {

    private static final int AT_A_TIME = 8;
    private static final String GRANT = "kubectl apply -k manifests/deploy/real-cluster/rights grants it to the"
            + " server's own account; see for yours with: ";

    /** One finding for each that is missing, one alone when none is. */
    List<PreflightFinding> check(RealClusterSettings settings) {
        List<Permission> needed = new ArrayList<>(Permission.needed(settings, client.getNamespace()));
        needed.addAll(inLabs(settings));
        return findings(needed, Permission.useful(settings));
    }

    /** An account without rights in every namespace must be able to give itself those in the namespaces of labs. */
    private List<Permission> inLabs(RealClusterSettings settings) {
        List<Permission> inLabs = Permission.inLabs(settings);
        return settings.single() || missing(inLabs).isEmpty() ? inLabs : Permission.toBind();
    }

    private List<PreflightFinding> findings(List<Permission> needed, List<Permission> useful) {
        List<Permission> missing = missing(needed);
        List<PreflightFinding> findings = new ArrayList<>(missing.stream()
                .map(permission -> (PreflightFinding) new Unmet(permission
                        .title(), "Not allowed" + where(permission) + ".", GRANT + permission.question()))
                .toList());
        missing(useful).forEach(permission -> findings.add(new Limited(permission.title(), "Not allowed" + where(
                permission) + "; labs work without it.", GRANT + permission.question())));
        if (missing.isEmpty()) {
            findings.addFirst(new Met("Permissions", "All " + needed.size() + " that labs need are granted."));
        }
        return findings;
    }

    private List<Permission> missing(List<Permission> permissions) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            List<Answer> answers = permissions.stream()
                    .map(permission -> new Answer(permission, threads.submit(() -> isGranted(permission))))
                    .toList();
            return answers.stream().filter(answer -> !answer.isYes()).map(Answer::permission).toList();
        }
    }

    private boolean isGranted(Permission permission) {
        String resource = permission.resource();
        int slash = resource.indexOf('/');
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder().withNewSpec()
                .withNewResourceAttributes()
                .withVerb(permission.verb())
                .withGroup(permission.group())
                .withResource(slash < 0 ? resource : resource.substring(0, slash))
                .withSubresource(slash < 0 ? "" : resource.substring(slash + 1))
                .withName(permission.name())
                .withNamespace(permission.namespace())
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.authorization().v1().selfSubjectAccessReview().create(review).getStatus().getAllowed();
    }

    private static String where(Permission permission) {
        return permission.namespace().isEmpty() ? "" : " in the namespace " + permission.namespace();
    }

    private record Answer(Permission permission, Future<Boolean> granted) {

        boolean isYes() {
            try {
                return granted.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("The cluster could not be asked for permissions", e.getCause());
            }
        }
    }
}
