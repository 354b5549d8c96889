/** The server beside a real mesh: kube-apiserver, istiod and Envoy. */
@NullMarked
package dev.trafficlab.realmesh;

import org.jspecify.annotations.NullMarked;
