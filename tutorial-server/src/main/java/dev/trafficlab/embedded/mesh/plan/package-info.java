/**
 * What the mesh would do with a request, read off the compiled tables without sending anything.
 */
@NamedInterface("plan")
@NullMarked
package dev.trafficlab.embedded.mesh.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
