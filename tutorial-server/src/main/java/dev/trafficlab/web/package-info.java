/**
 * Pages, htmx fragments, JSON API and the live WebSocket. Nobody depends on it.
 */
@ApplicationModule(allowedDependencies = {"cluster", "lab", "course", "traffic", "inventory", "limits", "forwarded",
    "embedded::analysis", "embedded::mesh"})
@NullMarked
package dev.trafficlab.web;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
