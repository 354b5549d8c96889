/**
 * Courses: Markdown and YAML to steps. Knows nothing of clusters.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.trafficlab.course;

import org.springframework.modulith.ApplicationModule;
import org.jspecify.annotations.NullMarked;
