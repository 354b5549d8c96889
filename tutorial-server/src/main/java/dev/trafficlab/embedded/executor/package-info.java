/** Work that needs a processor, done for each namespace in turn. */
@NamedInterface("executor")
@NullMarked
package dev.trafficlab.embedded.executor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
