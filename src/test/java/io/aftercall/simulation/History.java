package io.aftercall.simulation;

import io.aftercall.agent.AgentState;
import io.aftercall.agent.ChangeCause;
import io.aftercall.agent.Command;
import io.aftercall.agent.CompleteAcw;
import io.aftercall.agent.ExtendAcw;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.StartAcw;
import io.aftercall.agent.StateChange;
import io.aftercall.engine.AcwKey;
import io.aftercall.engine.AgentStore.Needs;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.KnownAgents;
import io.aftercall.engine.Reply;
import io.aftercall.engine.RequestKey;
import io.aftercall.engine.StoredAgent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What callers asked for and were told, to be compared with the ledger. */
final class History {

    private final World world;
    private final Ledger ledger;
    private final List<Request> requests = new ArrayList<>();
    private long told;

    History(World world, Ledger ledger) {
        this.world = world;
        this.ledger = ledger;
    }

    /** Half of the requests have an id. */
    Request begin(Command command) {
        Optional<RequestKey> key = world.percent(50)
                ? Optional.of(new RequestKey(new UUID(world.number(), world.number()), "content"))
                : Optional.empty();
        Request request = new Request("caller-" + requests.size(), command, key);
        requests.add(request);
        return request;
    }

    void answered(Request request, Reply reply) {
        request.replies.add(reply);
        if (reply instanceof Reply.Accepted accepted) {
            heard(accepted.agent().revision());
        } else if (reply instanceof Reply.Refused refused) {
            heard(refused.agent().revision());
        }
    }

    /** Somebody has been told of a revision. */
    void heard(long revision) {
        told = Math.max(told, revision);
    }

    /** The last revision that anybody has been told of. */
    long told() {
        return told;
    }

    /** Requires that what callers were told is what the log has. */
    void requireTrue(Database database) {
        Map<String, List<CommittedChange>> effects = effects();
        for (Request request : requests) {
            List<CommittedChange> effect = effects.getOrDefault(request.actor, List.of());
            requireOnce(request, effect);
            request.replies.forEach(reply -> {
                if (reply instanceof Reply.Accepted accepted) {
                    requireLogged(request, accepted, effect, database);
                }
            });
            boolean refused = !request.replies.isEmpty()
                    && request.replies.stream().allMatch(reply -> reply instanceof Reply.Refused);
            if (refused && !request.uncertain() && !effect.isEmpty()) {
                world.violated(Promise.REFUSED_CHANGES_NOTHING, request + " left " + effect);
            }
        }
    }

    /** What is in the log of each actor's; not what came of an early completion when another started the ACW. */
    private Map<String, List<CommittedChange>> effects() {
        Map<String, List<CommittedChange>> effects = new HashMap<>();
        UUID justStarted = null;
        for (CommittedChange change : ledger.log()) {
            StateChange step = change.change().orElse(null);
            if (step != null
                    && !(step.cause() == ChangeCause.ACW_ENDED && step.acwId().equals(justStarted))) {
                effects.computeIfAbsent(step.actor(), any -> new ArrayList<>()).add(change);
            }
            justStarted = step != null && step.cause() == ChangeCause.ACW_STARTED ? step.acwId() : null;
        }
        return effects;
    }

    private void requireOnce(Request request, List<CommittedChange> effect) {
        for (int i = 1; i < effect.size(); i++) {
            if (!effect.get(i).time().equals(effect.get(0).time())) {
                world.violated(Promise.APPLIED_ONCE, request + " left " + effect);
            }
        }
        boolean accepted = request.replies.stream().anyMatch(reply -> reply instanceof Reply.Accepted);
        if (request.key.isPresent() && accepted && Set.copyOf(states(request)).size() > 1) {
            world.violated(Promise.APPLIED_ONCE, request + " was told " + request.replies);
        }
    }

    private static List<StoredAgent> states(Request request) {
        return request.replies.stream()
                .filter(reply -> reply instanceof Reply.Accepted)
                .map(reply -> ((Reply.Accepted) reply).agent())
                .toList();
    }

    private void requireLogged(Request request, Reply.Accepted reply, List<CommittedChange> effect, Database database) {
        long revision = reply.agent().revision();
        AgentState told = reply.agent().state();
        boolean logged = revision == 0
                ? told.equals(AgentState.unseen(told.agentId()))
                : revision <= ledger.head()
                        && ledger.at(revision)
                                .change()
                                .filter(step -> step.state().equals(told))
                                .isPresent();
        boolean effective = request.command instanceof ExtendAcw
                || request.command instanceof StartAcw
                        && !reply.outcome().replay()
                        && reply.outcome()
                                .acw()
                                .filter(OpenAcw.class::isInstance)
                                .isPresent();
        boolean settles = request.command instanceof CompleteAcw;
        if (!logged || effective && effect.isEmpty() || settles && !settled(request.command, database)) {
            world.violated(Promise.ACKNOWLEDGED_IS_COMMITTED, request + " was told " + reply);
        }
    }

    private static boolean settled(Command command, Database database) {
        AcwKey key = new AcwKey(command.agentId(), command.interactionId().orElseThrow());
        return database.load(new Needs(Set.of(), KnownAgents.NONE, Set.of(key), Set.of()))
                .settled()
                .containsKey(key);
    }
}
