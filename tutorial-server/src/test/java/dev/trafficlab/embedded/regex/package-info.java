@NullMarked
package dev.trafficlab.embedded.regex;

import org.jspecify.annotations.NullMarked;
