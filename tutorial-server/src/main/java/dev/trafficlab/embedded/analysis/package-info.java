/**
 * What can be said of a set of objects before any request is sent: what {@code istioctl analyze} says, by its message codes, and what
 * pods and Services say beside. A pure function; its findings are typed facts, their words come from the bundle {@code findings}.
 */
@NamedInterface("analysis")
@NullMarked
package dev.trafficlab.embedded.analysis;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
