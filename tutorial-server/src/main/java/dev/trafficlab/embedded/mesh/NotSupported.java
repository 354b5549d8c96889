package dev.trafficlab.embedded.mesh;

/**
 * Something that an object asks for and that the mesh does not do.
 *
 * @param kind the object's kind
 * @param namespace its namespace
 * @param name its name
 * @param message what is not supported, and what happens instead
 */
public record NotSupported(String kind, String namespace, String name, String message) {}
