@NullMarked
package dev.trafficlab.embedded;

import org.jspecify.annotations.NullMarked;
