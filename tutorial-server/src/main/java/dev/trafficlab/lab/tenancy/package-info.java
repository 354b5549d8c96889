/** What keeps a lab on a shared cluster to its namespace: the server's own rights there, and the ways out of it. */
@NullMarked
package dev.trafficlab.lab.tenancy;

import org.jspecify.annotations.NullMarked;
