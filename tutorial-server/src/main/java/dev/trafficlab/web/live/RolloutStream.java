package dev.trafficlab.web.live;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

import dev.trafficlab.cluster.ClusterConnectivity;
import dev.trafficlab.lab.RolloutProgress;
import dev.trafficlab.lab.Rollouts;

/** What a page is told besides traffic: whether the cluster answers, and how far the lab's pods are. */
@Component
class RolloutStream {

    private final Rollouts rollouts;
    private final ClusterConnectivity pulse;
    private final MessageSource messages;
    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    RolloutStream(Rollouts rollouts, ClusterConnectivity pulse, MessageSource messages) {
        this.rollouts = rollouts;
        this.pulse = pulse;
        this.messages = messages;
        pulse.listen(lost -> followers.forEach(follower -> Thread.startVirtualThread(() -> tell(follower, lost))));
    }

    /** Sends fragments of HTML from now on until closed. */
    Following follow(String labId, Locale locale, Consumer<String> page) {
        var follower = new Follower(Messages.of(messages, locale), page);
        followers.add(follower);
        tell(follower, pulse.isLost());
        Rollouts.Watching watching = rollouts.watch(labId, rollout -> page.accept(line(rollout, follower.words())));
        return () -> {
            followers.remove(follower);
            watching.close();
        };
    }

    private static void tell(Follower follower, boolean lost) {
        String notice = lost ? "<p class=\"notice\">" + follower.words().say("cluster.lost") + "</p>" : "";
        follower.page().accept("<div id=\"cluster\" role=\"status\">" + notice + "</div>");
    }

    /** One line while pods come up, and none once all are there. */
    private static String line(RolloutProgress rollout, Messages words) {
        StringBuilder html = new StringBuilder("<p id=\"rollout\" class=\"card-note\" role=\"status\">");
        if (!rollout.isDone()) {
            html.append(words.say("rollout.waiting"));
            rollout.deployments()
                    .stream()
                    .filter(progress -> !progress.done())
                    .forEach(progress -> html.append(' ')
                            .append(words.say("rollout.progress", Messages.escape(progress.name()), progress.ready(),
                                    progress
                                            .wanted()))
                            .append(progress.trouble().isEmpty() ? ""
                                    : " (" + Messages.escape(progress.trouble()) + ")"));
        }
        return html.append("</p>").toString();
    }

    /** A running subscription. */
    @FunctionalInterface
    interface Following extends AutoCloseable {
        @Override
        void close();
    }

    private record Follower(Messages words, Consumer<String> page) {}
}
