@NullMarked
package dev.trafficlab.embedded.api.patch;

import org.jspecify.annotations.NullMarked;
