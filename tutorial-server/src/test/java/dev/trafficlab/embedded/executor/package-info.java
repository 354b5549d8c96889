@NullMarked
package dev.trafficlab.embedded.executor;

import org.jspecify.annotations.NullMarked;
