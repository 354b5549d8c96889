/**
 * Request bodies in Kubernetes' protobuf encoding, which kubectl uses for what it creates from typed commands ({@code create
 * namespace}, {@code create configmap}, {@code auth can-i}). Only requests are read so; answers are always JSON, which every client takes.
 */
@NullMarked
package dev.trafficlab.embedded.api.protobuf;

import org.jspecify.annotations.NullMarked;
