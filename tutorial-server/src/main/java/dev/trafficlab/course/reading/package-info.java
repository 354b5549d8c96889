/** From files to courses: where the texts come from, how they are read, and what is wrong with them. */
@NamedInterface("reading")
@NullMarked
package dev.trafficlab.course.reading;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
