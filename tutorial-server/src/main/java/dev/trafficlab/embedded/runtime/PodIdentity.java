package dev.trafficlab.embedded.runtime;

/**
 * One pod as the network knows it.
 *
 * @param namespace its namespace
 * @param name its name
 * @param uid which of all pods that ever had the name
 * @param ip its address, unique in the cluster
 */
public record PodIdentity(String namespace, String name, String uid, String ip) {}
