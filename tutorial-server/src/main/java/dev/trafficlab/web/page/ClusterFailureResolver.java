package dev.trafficlab.web.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

import dev.trafficlab.cluster.ClusterFailure;

/**
 * Turns trouble with the cluster into a page that says so. It hides behind exceptions of many types, so it is found by its cause; the
 * problem documents of the API come first.
 */
@Component
@Order(1)
class ClusterFailureResolver implements HandlerExceptionResolver {

    @Override
    public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
            @Nullable Object handler, Exception exception) {
        return ClusterFailure.of(exception)
                .map(trouble -> PageErrors.clusterTrouble(trouble.message(), request,
                        response))
                .orElse(null);
    }
}
