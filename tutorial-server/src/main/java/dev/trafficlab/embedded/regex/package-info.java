/** Regular expressions of users, compiled within limits. */
@NullMarked
package dev.trafficlab.embedded.regex;

import org.jspecify.annotations.NullMarked;
