/** The files that pages link to: styles, scripts and pictures. */
@NullMarked
package dev.trafficlab.web.files;

import org.jspecify.annotations.NullMarked;
