@NullMarked
package dev.trafficlab.embedded.mesh;

import org.jspecify.annotations.NullMarked;
