@NullMarked
package dev.trafficlab.web.live;

import org.jspecify.annotations.NullMarked;
