@NullMarked
package dev.trafficlab.web.page;

import org.jspecify.annotations.NullMarked;
