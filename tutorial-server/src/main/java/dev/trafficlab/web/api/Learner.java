package dev.trafficlab.web.api;

/**
 * The proof that a request comes from a lab's own learner. A handler that takes one as its parameter is called for that learner alone,
 * and has no other way to learn the lab's id.
 *
 * @param lab the lab's id
 * @param token the lab's secret
 */
record Learner(String lab, String token) {

    @Override
    public String toString() {
        return "Learner[lab=" + lab + ", token=hidden]";
    }
}
