/**
 * Running pods: instances of the demo apps, called in-process.
 *
 * <p>The controllers say what shall run, the mesh and the API's proxy call it; nothing here knows of Kubernetes objects beyond a
 * container's own specification.
 */
@NullMarked
package dev.trafficlab.embedded.runtime;

import org.jspecify.annotations.NullMarked;
