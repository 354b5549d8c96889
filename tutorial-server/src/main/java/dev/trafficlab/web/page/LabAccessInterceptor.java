package dev.trafficlab.web.page;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import dev.trafficlab.lab.Lab;
import dev.trafficlab.lab.Labs;
import dev.trafficlab.lab.UnknownLabException;
import dev.trafficlab.web.security.LearnerAccess;

/** Lets only a lab's own learner to its pages, and hands the lab on to them as the request attribute {@code lab}. */
@Component
class LabAccessInterceptor implements HandlerInterceptor {

    private final Labs labs;
    private final LearnerAccess access;

    LabAccessInterceptor(Labs labs, LearnerAccess access) {
        this.labs = labs;
        this.access = access;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String labId = labId(request);
        Lab lab = labs.find(labId).orElseThrow(() -> new UnknownLabException("No lab " + labId));
        if (!access.opens(labId, request)) {
            throw new ForeignLabException(labId);
        }
        request.setAttribute("lab", lab);
        return true;
    }

    private static String labId(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map && map.get("labId") instanceof String labId ? labId : "";
    }
}
