@NullMarked
package dev.trafficlab.embedded.api.apply;

import org.jspecify.annotations.NullMarked;
