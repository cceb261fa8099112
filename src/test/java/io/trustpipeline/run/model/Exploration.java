package io.trustpipeline.run.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Every world that can be reached from a first one, each looked at once.
 *
 * @param worlds how many there are
 * @param ends how many of them are an end
 * @param broken for each invariant that does not hold, the first world found in which it does not
 */
record Exploration(int worlds, int ends, Map<Invariant, World> broken) {

    static Exploration of(Protocol protocol, World first) {
        Set<World> known = new HashSet<>(Set.of(first));
        Deque<World> open = new ArrayDeque<>(known);
        Map<Invariant, World> broken = new LinkedHashMap<>();
        int ends = 0;
        while (!open.isEmpty()) {
            World world = open.remove();
            Invariant.brokenIn(world).forEach(invariant -> broken.putIfAbsent(invariant, world));
            boolean end = true;
            for (World next : protocol.next(world)) {
                end = false;
                if (known.add(next)) {
                    open.add(next);
                }
            }
            ends += end ? 1 : 0;
        }
        return new Exploration(known.size(), ends, broken);
    }
}
