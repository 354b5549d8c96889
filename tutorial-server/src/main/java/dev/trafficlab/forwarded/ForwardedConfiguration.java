package dev.trafficlab.forwarded;

import jakarta.servlet.DispatcherType;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ForwardedHeaderFilter;

/** Puts the reading of forwarded headers ahead of everything that asks for a request's scheme, host or client. */
@Configuration(proxyBeanMethods = false)
class ForwardedConfiguration {

    @Bean
    TrustedProxies trustedProxies(ProxySettings settings) {
        return new TrustedProxies(settings.trustedProxies());
    }

    /** Ahead of the valve that Spring Boot adds where {@code server.forward-headers-strategy} asks for one. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardedHeadersOfTrustedProxies(TrustedProxies proxies) {
        return new FirstValve(proxies);
    }

    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> forwardedHeaderFilter() {
        var filter = new ForwardedHeaderFilter();
        filter.setRelativeRedirects(true);
        var registration = new FilterRegistrationBean<>(filter);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private record FirstValve(TrustedProxies proxies)
            implements
                WebServerFactoryCustomizer<TomcatServletWebServerFactory>,
                Ordered {

        @Override
        public void customize(TomcatServletWebServerFactory factory) {
            factory.addEngineValves(new ForwardedHeadersValve(proxies));
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }
}
