package dev.trafficlab.lab.backend;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;

import dev.trafficlab.lab.ApplyOutcome.Problem;
import dev.trafficlab.lab.manifest.ManifestObject;

/** Labs on the embedded cluster: a namespace each, which is all theirs. */
public record EmbeddedLabBackend(KubernetesClient client, LabSecrets secrets, InstantSource clock)
        implements
            LabBackend {

    @Override
    public boolean isLab(String id) {
        return LabSecrets.isId(id);
    }

    @Override
    public Optional<String> onlyLab() {
        return Optional.empty();
    }

    @Override
    public String newId() {
        return secrets.newId();
    }

    @Override
    public void found(Namespace namespace) {
        client.namespaces().resource(namespace).create();
    }

    @Override
    public ManifestObject fit(String labId, ManifestObject object, List<Problem> problems) {
        return object;
    }

    @Override
    public void empty(String labId) {
        new NamespaceCleaner(client, clock).empty(labId);
    }

    @Override
    public boolean ownsNamespaces() {
        return true;
    }

    @Override
    public boolean applyWins() {
        return true;
    }

    @Override
    public boolean removesIdle() {
        return true;
    }

    @Override
    public boolean handsOutKubeconfigs() {
        return true;
    }
}
