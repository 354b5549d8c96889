/** The pages as HTML, whole or as the fragments that htmx asks for. */
@NullMarked
package dev.trafficlab.web.page;

import org.jspecify.annotations.NullMarked;
