package io.aftercall.expiry;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.engine.CommandLane;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.Replicas;
import io.aftercall.engine.StoredAgent;
import io.aftercall.engine.Submission;
import io.aftercall.feed.FeedListener;
import io.aftercall.feed.TenantFeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Rings for each agent of a tenant when something is due, by the deadlines in the feed. */
public final class DeadlineTimers implements FeedListener {

    /** The database's clock was a little behind: once more, very soon. */
    private static final Duration EARLY = Duration.ofMillis(1);

    private static final Duration FAILED = Duration.ofMillis(250);

    /** What was thought of the database's clock when an alarm was set may have been wrong; it is measured so often. */
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final TenantFeed feed;
    private final CommandLane lane;
    private final DatabaseClock clock;
    private final Replicas replicas;
    private final Alarm alarm;
    private final TreeSet<Due> queue = new TreeSet<>();
    private final Map<AgentId, Due> ofAgents = new HashMap<>();
    private Instant armed = Instant.MAX;
    private Runnable takeBack = () -> {};
    private boolean stopped;

    private record Due(Instant time, AgentId agentId) implements Comparable<Due> {
        private static final Comparator<Due> ORDER =
                Comparator.comparing(Due::time).thenComparing(Due::agentId);

        @Override
        public int compareTo(Due other) {
            return ORDER.compare(this, other);
        }
    }

    public DeadlineTimers(TenantFeed feed, CommandLane lane, DatabaseClock clock, Replicas replicas, Alarm alarm) {
        this.feed = feed;
        this.lane = lane;
        this.clock = clock;
        this.replicas = replicas;
        this.alarm = alarm;
    }

    @Override
    public void reset() {
        List<StoredAgent> agents = feed.view().agents();
        synchronized (this) {
            queue.clear();
            ofAgents.clear();
            agents.forEach(agent -> expect(agent.state()));
            arm();
        }
    }

    @Override
    public synchronized void applied(List<CommittedChange> changes) {
        for (CommittedChange change : changes) {
            change.change().ifPresent(step -> expect(step.state()));
        }
        arm();
    }

    /** Rings no more. */
    public synchronized void stop() {
        stopped = true;
        queue.clear();
        takeBack.run();
    }

    /** Replicas before this one are given time to do it. */
    private void expect(AgentState agent) {
        put(agent.agentId(), agent.due().map(due -> due.plus(replicas.patience(agent.agentId()))));
    }

    private void put(AgentId agentId, Optional<Instant> time) {
        Due before = ofAgents.remove(agentId);
        if (before != null) {
            queue.remove(before);
        }
        time.ifPresent(at -> {
            Due due = new Due(at, agentId);
            ofAgents.put(agentId, due);
            queue.add(due);
        });
    }

    private void arm() {
        if (!stopped && !queue.isEmpty() && queue.first().time().isBefore(armed)) {
            armed = queue.first().time();
            Instant time = armed;
            Duration delay = Duration.between(clock.now(), time);
            takeBack.run();
            takeBack = alarm.ring(bounded(delay), () -> ring(time));
        }
    }

    private static Duration bounded(Duration delay) {
        Duration notLong = delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
        return notLong.isNegative() ? Duration.ZERO : notLong;
    }

    private void ring(Instant time) {
        List<AgentId> due = new ArrayList<>();
        synchronized (this) {
            if (!time.equals(armed)) {
                // An earlier deadline came and armed its own alarm.
                return;
            }
            armed = Instant.MAX;
            Instant now = clock.now();
            while (!queue.isEmpty() && !queue.first().time().isAfter(now)) {
                AgentId agentId = queue.first().agentId();
                put(agentId, Optional.empty());
                due.add(agentId);
            }
            arm();
        }
        due.forEach(this::expire);
    }

    private void expire(AgentId agentId) {
        lane.submit(Submission.expireDue(agentId))
                .whenComplete((reply, failure) -> again(agentId, failure == null ? EARLY : FAILED));
    }

    /** Arms what is due next, and what is due still not before a pause. */
    private synchronized void again(AgentId agentId, Duration pause) {
        Instant soon = clock.now().plus(pause);
        feed.agent(agentId).map(StoredAgent::state).ifPresent(agent -> {
            if (agent.due().filter(soon::isAfter).isPresent()) {
                put(agentId, Optional.of(soon));
            } else {
                expect(agent);
            }
        });
        arm();
    }
}
