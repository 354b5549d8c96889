package dev.trafficlab.gateway.real;

/**
 * Where a real ingress gateway is reached from here.
 *
 * @param address {@code http://host:port}, without a path
 * @param how in words: configured, the Service's load balancer, …
 */
public record GatewayEndpoint(String address, String how) {}
