package dev.trafficlab.web.page;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the gate in front of everything that belongs to a lab. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

    private final LabAccessInterceptor gate;

    PageConfiguration(LabAccessInterceptor gate) {
        this.gate = gate;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // The socket judges its handshake itself: it answers with a bare status, not with a page.
        registry.addInterceptor(gate).addPathPatterns("/labs/{labId}/**").excludePathPatterns("/labs/{labId}/live");
    }
}
