@NullMarked
package dev.trafficlab.inventory;

import org.jspecify.annotations.NullMarked;
