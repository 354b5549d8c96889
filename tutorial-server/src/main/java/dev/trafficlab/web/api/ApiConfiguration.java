package dev.trafficlab.web.api;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How the API reads its parameters, and how it describes itself at {@code /api/v1/openapi}. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration implements WebMvcConfigurer {

    private static final String LEARNER = "learner";
    private static final String INSTRUCTOR = "instructor";

    private final LearnerArguments learners;

    ApiConfiguration(LearnerArguments learners) {
        this.learners = learners;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(learners);
    }

    @Override
    public void addFormatters(FormatterRegistry registry) {
        Map<String, TrafficOrigin> sources = Map.of("outside", TrafficOrigin.OUTSIDE, "inside", TrafficOrigin.INSIDE);
        registry.addConverter(String.class, TrafficOrigin.class, (Converter<String, TrafficOrigin>) text -> {
            if (!sources.containsKey(text)) {
                throw new IllegalArgumentException("either outside or inside");
            }
            return sources.get(text);
        });
    }

    @Bean
    OpenAPI openApi() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Learner.class);
        return new OpenAPI().info(new Info().title("Traffic Lab")
                .version("v1")
                .description("A learner's lab: apply the steps of a course, send traffic, see how it splits and why."))
                .components(new Components()
                        .addSecuritySchemes(LEARNER, new SecurityScheme().type(SecurityScheme.Type.HTTP)
                                .scheme("bearer"))
                        .addSecuritySchemes(INSTRUCTOR, new SecurityScheme().type(SecurityScheme.Type.HTTP)
                                .scheme("basic")));
    }

    /** A handler's {@link Learner} stands for the lab in the path and its token, which springdoc cannot know. */
    @Bean
    OpenApiCustomizer learnersParameters() {
        return document -> document.getPaths().forEach((path, item) -> item.readOperations().forEach(operation -> {
            if (path.contains("/instructor/")) {
                operation.addSecurityItem(new SecurityRequirement().addList(INSTRUCTOR));
            } else if (path.contains("{lab}")) {
                operation.addSecurityItem(new SecurityRequirement().addList(LEARNER));
                operation.addParametersItem(new Parameter().in("path")
                        .name("lab")
                        .required(true)
                        .schema(new StringSchema())
                        .description("The lab's id."));
            }
        }));
    }
}
