package io.aftercall.feed;

import io.aftercall.agent.AgentId;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.CommittedChange;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Changes on their way into one message: each, or the latest of each agent. */
final class MessageDraft {

    private final StateFilter filter;
    private final Delivery delivery;
    private final Holdings holdings;
    private final Map<Object, FeedEvent> events = new LinkedHashMap<>();
    private final Map<Object, Integer> counts = new HashMap<>();

    MessageDraft(StateFilter filter, Delivery delivery, Holdings holdings) {
        this.filter = filter;
        this.delivery = delivery;
        this.holdings = holdings;
    }

    int size() {
        return events.size();
    }

    List<FeedEvent> events() {
        return List.copyOf(events.values());
    }

    void add(CommittedChange change) {
        if (change.change().isEmpty()) {
            return;
        }
        StateChange step = change.change().get();
        AgentId agentId = step.state().agentId();
        Object key = delivery == Delivery.CONFLATED ? agentId : (Object) change.revision();
        FeedEvent before = events.remove(key);
        int count = counts.merge(key, 1, Integer::sum);
        if (filter.matches(step.state())) {
            holdings.set(agentId, !step.deletes());
            events.put(key, new FeedEvent.Change(change, count));
        } else if (before != null || holdings.contains(agentId) && filter.mayHaveMatched(step)) {
            holdings.set(agentId, false);
            events.put(key, new FeedEvent.LeftFilter(agentId));
        }
    }
}
