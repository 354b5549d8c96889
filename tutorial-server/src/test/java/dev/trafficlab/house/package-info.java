/** Rules about the source itself: sizes, places, names, words. */
@NullMarked
package dev.trafficlab.house;

import org.jspecify.annotations.NullMarked;
