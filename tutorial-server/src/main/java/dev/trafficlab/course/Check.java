package dev.trafficlab.course;

/**
 * Something that must hold for a step to be passed.
 *
 * @param name what holds, as a short sentence: "Three Services exist"
 * @param hint what to do when it does not
 * @param until the later step that makes it untrue: once that step is applied, the check has been passed; empty for none
 * @param condition what is looked at
 * @param line where the check stands in its step's file
 */
public record Check(String name, String hint, String until, CheckKind.Condition condition, int line) {}
