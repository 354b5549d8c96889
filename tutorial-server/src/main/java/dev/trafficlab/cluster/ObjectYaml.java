package dev.trafficlab.cluster;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** An object's tree as YAML that reads like a manifest written by hand: no quotes that nobody needs, lists in line with their field. */
public final class ObjectYaml {

    private static final int WIDTH = 160;

    private ObjectYaml() {}

    /** The text of a tree of maps, lists and plain values. */
    public static String of(Object tree) {
        return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(WIDTH).build())
                .dumpToString(tree);
    }
}
