package dev.trafficlab.course;

/**
 * A page of prose.
 *
 * @param title its heading
 * @param html the body as safe HTML, without the heading
 */
public record Page(String title, String html) {}
