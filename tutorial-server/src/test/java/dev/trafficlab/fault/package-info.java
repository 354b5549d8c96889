/** What the packaged server does when its disk, its memory or its process fails. */
@NullMarked
package dev.trafficlab.fault;

import org.jspecify.annotations.NullMarked;
