package dev.trafficlab.lab.backend;

import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.apply.AppliedObjectsPruner;
import dev.trafficlab.lab.manifest.ManifestObject;
import dev.trafficlab.lab.manifest.ManifestTransformer;

/** Labs on a real cluster, which is the home of others too: they take no more than their namespace, and leave alone what is not theirs. */
public record SharedClusterLabBackend(KubernetesClient client, RealClusterSettings settings, LabSecrets secrets,
        ManifestTransformer tailor,
        AppliedObjectsPruner applied) implements LabBackend {

    @Override
    public boolean isLab(String id) {
        return settings.single() ? id.equals(settings.namespace()) : LabSecrets.isId(id);
    }

    @Override
    public Optional<String> onlyLab() {
        return Optional.of(settings.namespace()).filter(name -> settings.single());
    }

    @Override
    public String newId() {
        return settings.single() ? settings.namespace() : secrets.newId();
    }

    @Override
    public void found(Namespace namespace) {
        var site = new LabNamespaceProvisioner(client);
        if (settings.single()) {
            site.createOrAdopt(namespace);
        } else {
            site.createBounded(namespace, settings.gatewayNamespace());
        }
    }

    @Override
    public ManifestObject fit(String labId, ManifestObject object, List<Problem> problems) {
        return tailor.fit(labId, object, problems);
    }

    @Override
    public void empty(String labId) {
        applied.remove(labId);
    }

    @Override
    public boolean ownsNamespaces() {
        return false;
    }

    @Override
    public boolean applyWins() {
        return false;
    }

    /** A learner who has the cluster to herself may come back to her lab whenever she likes. */
    @Override
    public boolean removesIdle() {
        return !settings.single();
    }

    @Override
    public boolean handsOutKubeconfigs() {
        return false;
    }
}
