package dev.trafficlab.embedded.api;

import java.util.List;

import dev.trafficlab.embedded.store.StoredObject;

/**
 * The object as a write stored it, with what the API has to say about it.
 *
 * @param object the object as stored, or as it would be after a dry run
 * @param warnings what the writer should hear
 */
public record WriteResult(StoredObject object, List<String> warnings) {}
