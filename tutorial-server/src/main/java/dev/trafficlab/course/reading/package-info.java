/** From files to courses: where the texts come from, how they are read, and what is wrong with them. */
@NullMarked
package dev.trafficlab.course.reading;

import org.jspecify.annotations.NullMarked;
