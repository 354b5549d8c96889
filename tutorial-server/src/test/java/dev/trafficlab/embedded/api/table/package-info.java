@NullMarked
package dev.trafficlab.embedded.api.table;

import org.jspecify.annotations.NullMarked;
