package dev.trafficlab.web.api;

import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;

import dev.trafficlab.web.security.LearnerAccess;

/** Opens the lab of the path's {@code {lab}} to a handler that asks for its {@link Learner}, or to nobody. */
@Component
class LearnerArguments implements HandlerMethodArgumentResolver {

    private final LearnerAccess access;

    LearnerArguments(LearnerAccess access) {
        this.access = access;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Learner.class;
    }

    @Override
    public Learner resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer model,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest http = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        String lab = lab(http);
        LearnerAccess.Verdict verdict = access.judge(lab, http);
        if (verdict != LearnerAccess.Verdict.OPEN) {
            throw new LabClosedException(lab, verdict);
        }
        return new Learner(lab, access.token(lab, http).orElseThrow());
    }

    private static String lab(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map && map.get("lab") instanceof String lab ? lab : "";
    }
}
