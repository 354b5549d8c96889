package dev.trafficlab.lab;

/**
 * A lab just made.
 *
 * @param lab the lab
 * @param token its learner's secret, told only now
 */
public record NewLab(Lab lab, String token) {

    @Override
    public String toString() {
        return "NewLab[lab=" + lab.id() + ", token=hidden]";
    }
}
