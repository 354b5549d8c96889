package dev.trafficlab.gateway.real;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;

import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.gateway.Problem;

/**
 * Sends requests to a Service from within the cluster: the API server passes them on to one of the Service's ready pods, picked at
 * random. No sidecar stands on their way out, so routes for calls inside the mesh have no say.
 */
public record ServiceProxy(KubernetesClient client) {

    private static final int PATIENCE_SECONDS = 30;
    private static final Pattern SERVICE = Pattern.compile(
            "([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)(?:\\.[-a-z0-9.]*)?(?::(\\d{1,5}))?");

    AppResponse send(String namespace, MeshRequest request) {
        Matcher service = SERVICE.matcher(request.authority());
        if (!service.matches()) {
            return Problem.of(404, "No such Service", "\"" + request.authority() + "\" is no Service of this lab.");
        }
        String port = service.group(2) == null ? "80" : service.group(2);
        String url = client.getMasterUrl().toString().replaceAll("/$", "") + "/api/v1/namespaces/" + namespace
                + "/services/" + service.group(1) + ":" + port + "/proxy" + request.target();
        try {
            HttpRequest http = client.getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(url)
                    .timeout(PATIENCE_SECONDS,
                            TimeUnit.SECONDS)
                    .build();
            return answer(client.getHttpClient().sendAsync(http, byte[].class).join());
        } catch (CompletionException e) {
            throw KubernetesClientException.launderThrowable(e.getCause());
        }
    }

    private static AppResponse answer(HttpResponse<byte[]> http) {
        List<Headers.Field> fields = new ArrayList<>();
        http.headers().forEach((name, values) -> values.forEach(value -> fields.add(new Headers.Field(name, value))));
        byte[] body = http.body() == null ? new byte[0] : http.body();
        return new AppResponse(http.code(), new Headers(fields), body, AppResponse.NOTHING);
    }
}
