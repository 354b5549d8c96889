/** Tests of why the server does not start. */
@NullMarked
package dev.trafficlab.cluster.startup;

import org.jspecify.annotations.NullMarked;
