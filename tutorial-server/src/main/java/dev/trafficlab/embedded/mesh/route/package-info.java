/** What objects compile to: immutable tables of listeners, virtual hosts, routes and actions, and the decision that reads them. */
@NullMarked
package dev.trafficlab.embedded.mesh.route;

import org.jspecify.annotations.NullMarked;
