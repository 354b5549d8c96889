/** How much work a request may set off inside a lab's mesh, and what happens to what goes beyond it. */
@NullMarked
package dev.trafficlab.embedded.mesh.work;

import org.jspecify.annotations.NullMarked;
