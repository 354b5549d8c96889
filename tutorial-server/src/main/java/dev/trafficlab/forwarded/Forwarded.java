package dev.trafficlab.forwarded;

/**
 * What trusted proxies tell of a request.
 *
 * @param client the address of the client, an IP literal
 * @param scheme {@code http} or {@code https}
 * @param host the host that the client asked for, with its port where that is not the scheme's own
 * @param prefix the path under which a proxy shows this server, empty or like {@code /lab}
 */
public record Forwarded(String client, String scheme, String host, String prefix) {}
