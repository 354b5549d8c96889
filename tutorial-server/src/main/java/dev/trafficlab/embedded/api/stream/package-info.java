/** What answers that go on have in common: the memory that their clients may take by not reading. */
@NamedInterface("stream")
@NullMarked
package dev.trafficlab.embedded.api.stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
