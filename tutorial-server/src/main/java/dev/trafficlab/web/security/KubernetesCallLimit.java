package dev.trafficlab.web.security;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

import dev.trafficlab.forwarded.IpLiteral;
import dev.trafficlab.limits.Limits;
import dev.trafficlab.limits.TooManyRequestsException;

/**
 * Bounds the calls of the embedded Kubernetes API: by lab where they carry its secret, as a token or in the path, and by address where
 * they carry none or a wrong one. Who calls too often is told as kube-apiserver's priority and fairness tells it, which its clients
 * know how to take.
 */
final class KubernetesCallLimit extends OncePerRequestFilter {

    private static final String SECRET = "/kubernetes/s/";

    private final Limits limits;
    private final LearnerAccess access;
    private final JsonMapper json = JsonMapper.shared();

    KubernetesCallLimit(Limits limits, LearnerAccess access) {
        this.limits = limits;
        this.access = access;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            String address = IpLiteral.client(request.getRemoteAddr());
            Optional<String> secret = secret(request);
            Optional<String> lab = secret.flatMap(access::labOf);
            if (secret.isPresent() && lab.isEmpty()) {
                limits.secretFailures().take(address, 1);
            }
            Optional<Duration> wait = limits.calls().tryTake(lab.orElse(address), 1);
            if (wait.isPresent()) {
                throw limits.calls().refusal(wait.get());
            }
        } catch (TooManyRequestsException e) {
            refuse(e, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static Optional<String> secret(HttpServletRequest request) {
        String path = RequestPath.of(request);
        if (path.startsWith(SECRET)) {
            int end = path.indexOf('/', SECRET.length());
            return Optional.of(path.substring(SECRET.length(), end < 0 ? path.length() : end));
        }
        return LearnerAccess.bearer(request);
    }

    private void refuse(TooManyRequestsException e, HttpServletResponse response) throws IOException {
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfterSeconds()));
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        json.writeValue(response.getOutputStream(), Map.of("kind", "Status", "apiVersion", "v1", "metadata", Map.of(),
                "status", "Failure", "message", "Too many requests, please try again later.", "reason",
                "TooManyRequests", "code", HttpStatus.TOO_MANY_REQUESTS.value()));
    }
}
