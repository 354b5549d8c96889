package dev.trafficlab.web.rates;

import java.util.Map;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import dev.trafficlab.forwarded.IpLiteral;
import dev.trafficlab.limits.Charged;
import dev.trafficlab.limits.Charged.What;
import dev.trafficlab.limits.Limits;
import dev.trafficlab.web.security.LearnerAccess;

/**
 * Charges a request once it is known which handler answers it, and before that reads its body. What counts by lab is charged to the lab's
 * own learner alone: a stranger's tries must not use up what belongs to her.
 */
@Component
class ChargeInterceptor implements HandlerInterceptor {

    private final Limits limits;
    private final LearnerAccess access;

    ChargeInterceptor(Limits limits, LearnerAccess access) {
        this.limits = limits;
        this.access = access;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        What what = what(handler);
        if (what == What.NEW_LAB) {
            limits.newLabs().take(IpLiteral.client(request.getRemoteAddr()), 1);
        } else {
            lab(request).filter(lab -> access.opens(lab, request)).ifPresent(lab -> charge(what, lab));
        }
        return true;
    }

    private void charge(What what, String lab) {
        (what == What.CHANGE ? limits.changes() : limits.reads()).take(lab, 1);
    }

    private static What what(Object handler) {
        Charged charged = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Charged.class) : null;
        return charged == null ? What.READ : charged.value();
    }

    private static Optional<String> lab(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (!(variables instanceof Map<?, ?> named)) {
            return Optional.empty();
        }
        Object lab = named.get("lab") == null ? named.get("labId") : named.get("lab");
        return Optional.ofNullable(lab).map(Object::toString);
    }
}
