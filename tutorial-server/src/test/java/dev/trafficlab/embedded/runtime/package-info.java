@NullMarked
package dev.trafficlab.embedded.runtime;

import org.jspecify.annotations.NullMarked;
