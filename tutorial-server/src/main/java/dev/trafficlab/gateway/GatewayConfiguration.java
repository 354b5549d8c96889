package dev.trafficlab.gateway;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.catalina.Lifecycle;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import dev.trafficlab.cluster.Cluster;
import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.embedded.EmbeddedCluster;
import dev.trafficlab.forwarded.TrustedProxies;
import dev.trafficlab.gateway.connector.GatewayAddresses;
import dev.trafficlab.gateway.connector.LabHttpProtocol;
import dev.trafficlab.gateway.connector.PlainErrorReport;
import dev.trafficlab.gateway.real.GatewayEndpointResolver;
import dev.trafficlab.gateway.real.RealIngress;
import dev.trafficlab.gateway.real.ServiceProxy;
import dev.trafficlab.limits.Limits;

/** Puts the gateway in front of everything else that the web server answers. */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

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
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> gatewayInFront(ObjectProvider<Gateway> gateway,
            ObjectProvider<GatewayAddresses> addresses, TrustedProxies proxies) {
        return factory -> {
            factory.setProtocol(LabHttpProtocol.class.getName());
            PlainErrorReport.use(factory);
            factory.addConnectorCustomizers(connector -> putInFront(connector, gateway::getObject,
                    addresses::getObject, proxies::contains));
        };
    }

    @Bean
    Gateway gateway(Ingress ingress, LabExistenceCache labs, Limits limits, TrustedProxies proxies,
            List<RequestListener> listeners) {
        return new Gateway(ingress, labs::contains, limits.requests(), new LabShares(limits.enabled(),
                proxies::contains), listeners);
    }

    @Bean
    LabExistenceCache labExistenceCache(Cluster cluster) {
        return new LabExistenceCache(cluster);
    }

    @Bean
    GatewayAddresses gatewayAddresses(Environment environment, LabExistenceCache labs) {
        return new GatewayAddresses(environment.getProperty("server.servlet.context-path", "").replaceAll("/$", ""),
                environment.getProperty("tutorial.gateway.domain", ""), labs::contains);
    }

    /**
     * Tomcat makes its own adapter while the connector initialises, so ours can only be put before it afterwards.
     *
     * @param proxies the addresses that stand for many clients
     */
    static void putInFront(Connector connector, Supplier<Gateway> gateway, Supplier<GatewayAddresses> addresses,
            Predicate<String> proxies) {
        if (connector.getProtocolHandler() instanceof LabHttpProtocol protocol) {
            protocol.proxies(proxies);
        }
        connector.addLifecycleListener(event -> {
            if (event.getType().equals(Lifecycle.AFTER_INIT_EVENT)) {
                connector.getProtocolHandler()
                        .setAdapter(new GatewayAdapter(new CoyoteAdapter(connector), gateway.get(), addresses.get()));
            }
        });
    }
}
