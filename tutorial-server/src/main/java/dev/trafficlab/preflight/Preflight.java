package dev.trafficlab.preflight;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.ClusterFailure;
import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.preflight.PreflightFinding.Limited;
import dev.trafficlab.preflight.PreflightFinding.Met;
import dev.trafficlab.preflight.PreflightFinding.Unmet;

/** Looks at a real cluster for all that labs need. The embedded one has it all. */
public final class Preflight {

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final String INJECTOR = "sidecar-injector.istio.io";
    private static final String INSTALL = "Install Istio with an ingress gateway, for example: istioctl install --set"
            + " profile=demo";

    private final Cluster cluster;
    private final RealClusterSettings settings;
    private final InstantSource clock;
    private volatile Optional<Report> last = Optional.empty();

    Preflight(Cluster cluster, RealClusterSettings settings, InstantSource clock) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether there is a cluster to look at, other than the one in this process. */
    public boolean concernsRealCluster() {
        return cluster.kind() == Cluster.Kind.KUBECONFIG;
    }

    /** What the last look found, however long ago. */
    Optional<Report> last() {
        return last;
    }

    /** Looks, unless that was done a few seconds ago. */
    public synchronized Report look() {
        Report report = last.filter(found -> found.at().plus(FRESH).isAfter(clock.instant()))
                .orElseGet(() -> new Report(clock.instant(), findings()));
        last = Optional.of(report);
        return report;
    }

    private List<PreflightFinding> findings() {
        if (!concernsRealCluster()) {
            return List.of(new Met("Cluster", "The embedded one, in this very process: it has all that labs need."));
        }
        List<PreflightFinding> findings = new ArrayList<>();
        findings.add(tried("API server", this::apiServer));
        if (findings.getFirst() instanceof Met) {
            findings.add(tried("Istio", this::istio));
            findings.add(tried("Ingress gateway", this::gateway));
            findings.add(tried("Sidecar injector", this::injector));
            findings.addAll(new Permissions(client()).check(settings));
        }
        return findings;
    }

    private PreflightFinding apiServer() {
        String version = client().getKubernetesVersion().getGitVersion();
        return new Met("API server", "Kubernetes " + version + " at " + client().getMasterUrl() + ".");
    }

    private PreflightFinding istio() {
        List<String> versions = Optional.ofNullable(client().getApiGroup("networking.istio.io"))
                .map(APIGroup::getVersions)
                .orElse(List.of())
                .stream()
                .map(GroupVersionForDiscovery::getVersion)
                .toList();
        if (versions.isEmpty()) {
            return new Unmet("Istio", "The cluster does not know Istio's kinds.", INSTALL);
        }
        String served = "Its kinds are served in " + String.join(", ", versions) + ".";
        return versions.contains(Cluster.NEWEST_ISTIO) ? new Met("Istio", served)
                : new Limited("Istio", served + " The course's manifests say " + Cluster.NEWEST_ISTIO
                        + " and are sent as "
                        + cluster.istioVersion() + ".", "Upgrade Istio to 1.22 or later: istioctl upgrade");
    }

    private PreflightFinding gateway() {
        if (!settings.gatewayUrl().isEmpty()) {
            return new Met("Ingress gateway", "Configured as " + settings.gatewayUrl() + ".");
        }
        Optional<Service> service = Optional.ofNullable(client().services()
                .inNamespace(settings.gatewayNamespace())
                .withName(settings.gatewayName())
                .get());
        return service.map(found -> (PreflightFinding) new Met("Ingress gateway", "Service " + settings.gatewayService()
                + " of type " + found.getSpec().getType() + "."))
                .orElseGet(() -> new Unmet("Ingress gateway", "There is no Service " + settings.gatewayService() + ".",
                        INSTALL + " or name yours in tutorial.kubeconfig.gateway-service; kubectl get services -A shows"
                                + " them."));
    }

    private PreflightFinding injector() {
        boolean there = client().admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .list()
                .getItems()
                .stream()
                .flatMap(configuration -> configuration.getWebhooks().stream())
                .map(MutatingWebhook::getName)
                .anyMatch(name -> name.endsWith(INJECTOR));
        return there ? new Met("Sidecar injector", "Its webhook is registered.")
                : new Unmet("Sidecar injector", "No webhook of Istio's would add sidecars to pods.",
                        "Switch it on: istioctl install --set values.global.proxy.autoInject=enabled");
    }

    private static PreflightFinding tried(String subject, Supplier<PreflightFinding> look) {
        try {
            return look.get();
        } catch (KubernetesClientException e) {
            Optional<ClusterFailure> trouble = ClusterFailure.of(e);
            return switch (trouble.orElse(null)) {
                case ClusterFailure.Unreachable(String reason) -> new Unmet(subject, "Not reachable: " + reason + ".",
                        "Start the cluster, or name another in tutorial.kubeconfig.context; try: kubectl cluster-info");
                case ClusterFailure.Forbidden(String reason) -> new Limited(subject, "Cannot be told: " + reason,
                        "kubectl apply -k manifests/deploy/real-cluster/rights grants what is missing.");
                case ClusterFailure.Unavailable(String reason) -> new Unmet(subject, "Not available: " + reason,
                        "Try: kubectl cluster-info");
                case null -> new Unmet(subject, String.valueOf(e.getMessage()), "Try: kubectl cluster-info");
            };
        }
    }

    private KubernetesClient client() {
        return cluster.client();
    }
}
