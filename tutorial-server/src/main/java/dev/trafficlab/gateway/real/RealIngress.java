package dev.trafficlab.gateway.real;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import java.util.Optional;

import dev.trafficlab.cluster.RealClusterSettings;
import dev.trafficlab.demo.AppResponse;
import dev.trafficlab.demo.Headers;
import dev.trafficlab.embedded.mesh.MeshAnswer;
import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.TracedAnswer;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.gateway.CompiledRoutes;
import dev.trafficlab.gateway.HttpExchange;
import dev.trafficlab.gateway.Ingress;
import dev.trafficlab.gateway.ObservedTrace;
import dev.trafficlab.gateway.Problem;
import dev.trafficlab.gateway.ServingPods;

/**
 * The way in to labs on a real cluster: through its ingress gateway from outside, through the API server's service proxy from inside. A
 * request's path, headers and body have no say in where it is sent.
 */
public final class RealIngress implements Ingress, AutoCloseable {

    private final GatewayEndpointResolver ways;
    private final RealClusterSettings settings;
    private final HttpExchange http;
    private final ServiceProxy services;
    private final ServingPods pods;
    private final CompiledRoutes routes;

    public RealIngress(GatewayEndpointResolver ways, RealClusterSettings settings, HttpExchange http,
            ServiceProxy services,
            ServingPods pods, CompiledRoutes routes) {
        this.routes = routes;
        this.ways = ways;
        this.settings = settings;
        this.http = http;
        this.services = services;
        this.pods = pods;
    }

    @Override
    public MeshAnswer send(String namespace, MeshRequest request) {
        return switch (request.origin()) {
            case MeshRequest.FromOutside outside -> fromOutside(namespace, request);
            case MeshRequest.FromPod pod -> identified(namespace, services.send(namespace, request));
        };
    }

    @Override
    public TracedAnswer trace(String namespace, MeshRequest request) {
        MeshAnswer answer = send(namespace, request);
        return new TracedAnswer(answer, switch (request.origin()) {
            case MeshRequest.FromOutside outside -> ObservedTrace.throughGateway(ways.find(), host(namespace, request),
                    answer);
            case MeshRequest.FromPod pod -> ObservedTrace.throughServiceProxy(request.authority(), answer);
        });
    }

    @Override
    public RoutePlan plan(String namespace, MeshRequest request) {
        String authority = request.origin() instanceof MeshRequest.FromOutside ? host(namespace, request)
                : request.authority();
        return routes.plan(namespace, new MeshRequest(request.origin(), request.method(), authority, request.target(),
                request.headers(), request.peer(), request.body()));
    }

    @Override
    public void close() {
        ways.close();
    }

    private MeshAnswer fromOutside(String namespace, MeshRequest request) {
        Optional<GatewayEndpoint> way = ways.find();
        if (way.isEmpty()) {
            return new MeshAnswer.ConnectionRefused("No way to an ingress gateway was found: there is no Service "
                    + settings.gatewayService() + " with a pod behind it. The page /preflight says what to run.");
        }
        try {
            return identified(namespace, http.send(way.get(), host(namespace, request), request));
        } catch (ConnectException refused) {
            ways.forget(way.get());
            return new MeshAnswer.ConnectionRefused("Nobody listens at " + way.get().address() + " (" + way.get().how()
                    + "). Apply a Gateway; if there is one, look whether the pods of " + settings.gatewayService()
                    + " run.");
        } catch (HttpTimeoutException late) {
            return failure(504, "The ingress gateway did not answer in time",
                    "There was no answer within " + HttpExchange.PATIENCE.toSeconds() + " s.");
        } catch (IOException broken) {
            ways.forget(way.get());
            return failure(502, "The ingress gateway broke off", String.valueOf(broken.getMessage()));
        }
    }

    /** Where several labs share the ingress gateway, the host says whose the request is, and that is not the caller's choice. */
    private String host(String namespace, MeshRequest request) {
        return settings.single() ? request.authority() : settings.host(namespace);
    }

    private MeshAnswer identified(String namespace, AppResponse response) {
        return new MeshAnswer.Answered(response, List.of(), response.headers()
                .first(ServingPods.HEADER)
                .flatMap(pod -> pods.find(namespace, pod)));
    }

    private static MeshAnswer failure(int status, String title, String detail) {
        AppResponse problem = Problem.of(status, title, detail);
        return new MeshAnswer.Answered(new AppResponse(status, Headers.of("content-type", "application/problem+json"),
                problem.body(), AppResponse.NOTHING), List.of(), Optional.empty());
    }
}
