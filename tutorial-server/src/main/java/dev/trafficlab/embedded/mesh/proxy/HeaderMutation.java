package dev.trafficlab.embedded.mesh.proxy;

import java.util.List;

import dev.trafficlab.embedded.mesh.route.HeaderOps;

/**
 * Applies one list of header operations: removals first, then all values are filled in, then all are written, so that no value sees
 * another of its own list. Envoy: router/header_parser.cc.
 */
record HeaderMutation(Formatter formatter) {

    void apply(HeaderOps ops, HeaderList headers) {
        if (ops.isEmpty()) {
            return;
        }
        ops.remove().forEach(headers::remove);
        List<String> set = ops.set().stream().map(header -> formatter.fill(header.value())).toList();
        List<String> added = ops.add().stream().map(header -> formatter.fill(header.value())).toList();
        for (int i = 0; i < set.size(); i++) {
            if (!set.get(i).isEmpty()) {
                headers.set(ops.set().get(i).name(), set.get(i));
            }
        }
        for (int i = 0; i < added.size(); i++) {
            if (!added.get(i).isEmpty()) {
                headers.add(ops.add().get(i).name(), added.get(i));
            }
        }
    }
}
