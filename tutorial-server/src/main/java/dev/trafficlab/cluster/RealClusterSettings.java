package dev.trafficlab.cluster;

import java.util.Locale;

import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How labs live on a real cluster; read with {@code tutorial.cluster=kubeconfig} alone.
 *
 * @param file the kubeconfig; unless set, what kubectl would use, or the account of the pod that the server runs in
 * @param context which of its contexts; unless set, the current one
 * @param learners whether one learner has the cluster to herself, or several share it
 * @param namespace the only learner's namespace
 * @param domain where several learners share a cluster, a lab's ingress answers at {@code lab-….domain}
 * @param gatewayUrl the ingress gateway's address as seen from this server; unless set, it is looked up
 * @param gatewayService the ingress gateway's Service, {@code namespace/name}
 * @param images the registry and folder that stand for {@code traffic-lab/} in the manifests' images
 */
@ConfigurationProperties("tutorial.kubeconfig")
@Validated
public record RealClusterSettings(@DefaultValue("") String file, @DefaultValue("") String context,
        @DefaultValue("one") Learners learners,
        @DefaultValue("traffic-lab") @Pattern(regexp = NAME, message = "must be a namespace's name, e.g. traffic-lab") String namespace,
        @DefaultValue("traffic-lab.internal") @Pattern(regexp = NAME + "(\\." + NAME
                + ")*", message = "must be a domain, e.g. traffic-lab.internal") String domain,
        @DefaultValue("") @Pattern(regexp = "(https?://[^/?#\\s@]+/?)?", message = "must be an address without a path, e.g. http://192.168.49.2:31380") String gatewayUrl,
        @DefaultValue("istio-system/istio-ingressgateway") @Pattern(regexp = NAME + "/"
                + NAME, message = "must be namespace/name, e.g. istio-system/istio-ingressgateway") String gatewayService,
        @DefaultValue("traffic-lab") @Pattern(regexp = "[a-z0-9]([a-z0-9._:/-]*[a-z0-9])?", message = "must be a registry and folder without a slash at the end, e.g. registry.example.org/traffic-lab") String images) {

    private static final String NAME = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    /** Who uses the cluster. */
    public enum Learners {
        /** One learner, in a namespace that may well be there already. */
        ONE,
        /** Several, in a namespace each. */
        MANY
    }

    /** Whether one learner has the cluster to herself. */
    public boolean single() {
        return learners == Learners.ONE;
    }

    /** The host at which a lab's ingress answers where labs share a cluster. */
    public String host(String labId) {
        return (labId + "." + domain).toLowerCase(Locale.ROOT);
    }

    /** The namespace of the ingress gateway. */
    public String gatewayNamespace() {
        return gatewayService.substring(0, gatewayService.indexOf('/'));
    }

    /** The name of the ingress gateway's Service. */
    public String gatewayName() {
        return gatewayService.substring(gatewayService.indexOf('/') + 1);
    }
}
