package dev.trafficlab.web.starts;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Hands the visitor's cookie out with each page that has a button to start a lab. */
@Configuration(proxyBeanMethods = false)
class StartConfiguration implements WebMvcConfigurer {

    private final VisitorCookie visitors;

    StartConfiguration(VisitorCookie visitors) {
        this.visitors = visitors;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(visitors).addPathPatterns("/", "/courses/**");
    }
}
