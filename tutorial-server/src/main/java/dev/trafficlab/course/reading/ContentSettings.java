package dev.trafficlab.course.reading;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where courses are besides those packaged with the server.
 *
 * @param contentDir a folder with {@code content/{course}/} and {@code manifests/{course}/}; none unless set
 */
@ConfigurationProperties("tutorial")
record ContentSettings(@Nullable Path contentDir) {}
