package dev.trafficlab.embedded.mesh;

/** An answer with the reasons that led to it. */
public record TracedAnswer(MeshAnswer answer, RoutingTrace trace) {}
