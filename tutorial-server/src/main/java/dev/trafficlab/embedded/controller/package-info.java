/**
 * The control loops: Deployments, ReplicaSets, pods, Services and their endpoints, namespaces, owner references; and sidecar
 * injection.
 *
 * <p>Each loop is level-triggered: a change only says which object to look at, and what is done follows from what is there then. So a
 * loop may be asked at any time, twice, or after a restart.
 */
@NullMarked
package dev.trafficlab.embedded.controller;

import org.jspecify.annotations.NullMarked;
