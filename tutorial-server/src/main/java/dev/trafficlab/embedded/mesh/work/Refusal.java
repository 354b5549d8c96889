package dev.trafficlab.embedded.mesh.work;

/**
 * Why work was not done for a request.
 *
 * @param limit the limit that it met, in a word or two: {@code request loop}, {@code calls}, {@code regular expressions}
 * @param reason one plain sentence for the learner
 */
public record Refusal(String limit, String reason) {}
