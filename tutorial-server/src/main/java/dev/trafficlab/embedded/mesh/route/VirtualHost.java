package dev.trafficlab.embedded.mesh.route;

import java.util.List;

/**
 * A host name and its routes.
 *
 * @param domain exact name, {@code *.suffix} or {@code *}, in lower case
 * @param httpsOnly whether everything is redirected to https
 * @param routes in the order they are tried
 */
public record VirtualHost(String domain, boolean httpsOnly, List<Route> routes) {

    public VirtualHost {
        routes = List.copyOf(routes);
    }
}
