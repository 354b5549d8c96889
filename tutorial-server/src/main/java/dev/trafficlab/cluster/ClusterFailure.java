package dev.trafficlab.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Why a cluster did not do what it was asked, where that is neither the learner's nor this server's fault. */
public sealed interface ClusterFailure {

    /** What happened, and what to do about it. */
    String message();

    /** Nobody answers at the cluster's address, or only to say that it cannot serve now. */
    record Unreachable(String reason) implements ClusterFailure {
        @Override
        public String message() {
            return "The cluster does not answer (" + reason + "). Nothing was changed; this page comes back by itself"
                    + " as soon as the cluster does.";
        }
    }

    /** The server's account is not known, or may not do it. */
    record Forbidden(String reason) implements ClusterFailure {
        @Override
        public String message() {
            return "The cluster does not let this server do that: " + reason
                    + " The page /preflight lists every permission that is missing, and what to run.";
        }
    }

    /** The cluster itself says that it cannot do it now, and why. */
    record Unavailable(String reason) implements ClusterFailure {
        @Override
        public String message() {
            return reason;
        }
    }

    /** The trouble behind an exception, if it is one with the cluster. */
    static Optional<ClusterFailure> of(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .flatMap(exception -> of(exception).stream())
                .findFirst();
    }

    private static Optional<ClusterFailure> of(KubernetesClientException exception) {
        int code = exception.getCode();
        if (code == HttpURLConnection.HTTP_UNAUTHORIZED || code == HttpURLConnection.HTTP_FORBIDDEN) {
            return Optional.of(new Forbidden(Optional.ofNullable(exception.getStatus())
                    .map(Status::getMessage)
                    .orElse("HTTP " + code) + "."));
        }
        Optional<String> told = Optional.ofNullable(exception.getStatus()).map(Status::getMessage);
        if (code == HttpURLConnection.HTTP_UNAVAILABLE && told.filter(message -> !message.isBlank()).isPresent()) {
            return Optional.of(new Unavailable(told.get()));
        }
        if (code >= 500 || code == 429) {
            return Optional.of(new Unreachable("HTTP " + code));
        }
        return code > 0 ? Optional.empty()
                : Stream.iterate((Throwable) exception, cause -> cause != null,
                        Throwable::getCause)
                        .filter(IOException.class::isInstance)
                        .findFirst()
                        .map(cause -> new Unreachable(Optional.ofNullable(cause.getMessage())
                                .orElse(cause.getClass().getSimpleName())));
    }
}
