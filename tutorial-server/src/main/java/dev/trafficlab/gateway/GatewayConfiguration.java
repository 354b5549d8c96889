package dev.trafficlab.gateway;

import java.util.List;
import java.util.function.Supplier;

import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.limits.Limits;

/** Puts the gateway in front of everything else that the web server answers. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

    /** What RFC 3986 does not allow in a path or query but browsers send and proxies pass on. */
    private static final String LENIENT = "\"<>[\\]^`{|}";

    @Bean
    Ingress ingress(Cluster cluster, ObjectProvider<EmbeddedCluster> embedded, RealClusterSettings settings) {
        return switch (cluster.kind()) {
            case EMBEDDED -> new EmbeddedIngress(embedded.getObject());
            case KUBECONFIG -> new RealIngress(new GatewayEndpointResolver(cluster.client(), settings), settings,
                    new HttpExchange(),
                    new ServiceProxy(cluster.client()), new ServingPods(cluster.client()),
                    new CompiledRoutes(cluster, settings));
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> gatewayInFront(ObjectProvider<Gateway> gateway) {
        return factory -> factory.addConnectorCustomizers(connector -> putInFront(connector, gateway::getObject));
    }

    @Bean
    Gateway gateway(Ingress ingress, Cluster cluster, Limits limits, List<RequestListener> listeners) {
        return new Gateway(ingress, new LabExistenceCache(cluster)::contains, limits.requests(), listeners);
    }

    /** Tomcat makes its own adapter while the connector initialises, so ours can only be put before it afterwards. */
    static void putInFront(Connector connector, Supplier<Gateway> gateway) {
        connector.setProperty("relaxedPathChars", LENIENT);
        connector.setProperty("relaxedQueryChars", LENIENT);
        connector.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
                connector.getProtocolHandler()
                        .setAdapter(new GatewayAdapter(new CoyoteAdapter(connector), gateway
                                .get()));
            }
        });
    }
}
