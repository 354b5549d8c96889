package dev.trafficlab.lab.backend;

import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.jspecify.annotations.Nullable;

/** The Namespaces that are labs, as the cluster has them now. */
public final class LabNamespaces {

    private final KubernetesClient client;
    private final LabBackend housing;

    public LabNamespaces(KubernetesClient client, LabBackend housing) {
        this.client = client;
        this.housing = housing;
    }

    public Optional<Namespace> find(String labId) {
        if (!housing.isLab(labId)) {
            return Optional.empty();
        }
        return Optional.ofNullable(client.namespaces().withName(labId).get());
    }

    /** The only lab is asked for by name: an account may see its one namespace without seeing all. */
    public List<Namespace> all() {
        Optional<String> only = housing.onlyLab();
        if (only.isPresent()) {
            return find(only.get()).stream().toList();
        }
        return client.namespaces().withLabel(LabRecord.MANAGED_BY, LabRecord.TRAFFIC_LAB).list().getItems();
    }

    public void annotate(String labId, Map<String, String> annotations) {
        change(labId, Map.of(), new HashMap<>(annotations));
    }

    /** Sets labels and annotations; those mapped to null are removed, all others stay as they are. */
    public void change(String labId, Map<String, @Nullable String> labels, Map<String, @Nullable String> annotations) {
        Namespace patch = new NamespaceBuilder().withNewMetadata().withName(labId).endMetadata().build();
        patch.getMetadata().setLabels(new HashMap<>(labels));
        patch.getMetadata().setAnnotations(new HashMap<>(annotations));
        client.namespaces().withName(labId).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    /** Removes the Namespace and with it everything in the lab; the cluster empties it in the background. */
    public void remove(String labId) {
        try {
            client.namespaces().withName(labId).delete();
        } catch (KubernetesClientException e) {
            // It is being removed already, by another server or by hand.
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }
}
