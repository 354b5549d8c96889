/**
 * Prose: Markdown, drawings and highlighted code to safe HTML. The only place that knows flexmark.
 */
@NullMarked
package dev.trafficlab.course.markdown;

import org.jspecify.annotations.NullMarked;
