@NullMarked
package dev.trafficlab.embedded.mesh.work;

import org.jspecify.annotations.NullMarked;
