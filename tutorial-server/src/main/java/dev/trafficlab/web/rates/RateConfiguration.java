package dev.trafficlab.web.rates;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Charges every request that a handler of ours answers. */
@Configuration(proxyBeanMethods = false)
class RateConfiguration implements WebMvcConfigurer {

    private final ChargeInterceptor charge;

    RateConfiguration(ChargeInterceptor charge) {
        this.charge = charge;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(charge).order(Ordered.HIGHEST_PRECEDENCE);
    }
}
