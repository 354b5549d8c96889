package dev.trafficlab.traffic.generator;

import java.util.Optional;

import dev.trafficlab.embedded.mesh.MeshRequest;
import dev.trafficlab.embedded.mesh.plan.RoutePlan;
import dev.trafficlab.gateway.RequestListener.AnsweredRequest;
import dev.trafficlab.traffic.tally.RequestTrace;

/**
 * A request that we sent, and how it ended.
 *
 * @param plan what the routes would do with it when it was sent
 * @param why the reasons of its way, where somebody may ask for them
 */
public record SentRequest(RoutePlan plan, MeshRequest request, AnsweredRequest answer, Optional<RequestTrace> why) {}
