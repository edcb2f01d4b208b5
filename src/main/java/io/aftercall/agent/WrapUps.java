package io.aftercall.agent;

import io.aftercall.disposition.Dispositions.Objection;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionId;
import io.aftercall.wrapup.StoredWrapUp;
import io.aftercall.wrapup.WrapUp;
import io.aftercall.wrapup.WrapUpStatus;
import io.aftercall.wrapup.WrapUpVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One agent's wrap-ups on the way through one decision: what stands, and what is written. */
final class WrapUps {

    private final Evolution agent;
    private final Map<InteractionId, StoredWrapUp> stored;
    private final List<WrittenWrapUp> written = new ArrayList<>(1);

    WrapUps(Evolution agent, Map<InteractionId, StoredWrapUp> stored) {
        this.agent = agent;
        this.stored = stored;
    }

    List<WrittenWrapUp> written() {
        return written;
    }

    /** As it stands now. */
    Optional<StoredWrapUp> of(InteractionId id) {
        for (int i = written.size() - 1; i >= 0; i--) {
            if (written.get(i).interactionId().equals(id)) {
                return Optional.of(written.get(i).wrapUp());
            }
        }
        return Optional.ofNullable(stored.get(id));
    }

    Optional<WrapUp> content(InteractionId id) {
        return of(id).map(StoredWrapUp::content);
    }

    /** Keeps what the agent has so far. */
    void draft(Interaction ongoing, WrapUp content) {
        write(ongoing.id(), Optional.of(ongoing), content, WrapUpStatus.DRAFT, agent.actor(), agent.now(), null);
    }

    /**
     * The work is over: what there is stays, and whether anything is missing is found out. Where something is required
     * and nothing was written, that is written down.
     *
     * @param said what replaces the draft, if anything does
     */
    void conclude(SettledAcw acw, Optional<WrapUp> said, String by, Instant at) {
        Optional<WrapUp> content = said.or(() -> content(acw.interactionId()));
        if (content.isPresent() || acw.requiresDisposition()) {
            edit(acw, content.orElse(WrapUp.EMPTY), by, at);
        }
    }

    /** Nobody goes on with this draft. */
    void abandon(Interaction live, WrapUp draft) {
        write(live.id(), Optional.of(live), draft, WrapUpStatus.INCOMPLETE, agent.actor(), agent.now(), agent.now());
    }

    /** Stores what is said after the work. */
    void edit(SettledAcw acw, WrapUp content, String by, Instant at) {
        WrapUpStatus status = complete(acw, content) ? WrapUpStatus.FINAL : WrapUpStatus.INCOMPLETE;
        Instant until = acw.editableUntil().orElse(null);
        write(acw.interactionId(), agent.known(acw.interactionId(), Optional.of(acw)), content, status, by, at, until);
    }

    /** What stands against how a wrap-up classifies what is settled. What stands already may stay. */
    Optional<Objection> objection(SettledAcw acw, WrapUp content) {
        boolean stands = of(acw.interactionId())
                .filter(before -> before.version().status() == WrapUpStatus.FINAL)
                .filter(before -> content.classifiesAs(before.content()))
                .isPresent();
        return stands ? Optional.empty() : agent.objection(content, acw.reported());
    }

    private boolean complete(SettledAcw acw, WrapUp content) {
        boolean lacks = acw.requiresDisposition() && content.dispositionCode() == null;
        return !lacks && objection(acw, content).isEmpty();
    }

    private void write(
            InteractionId id,
            Optional<Interaction> about,
            WrapUp content,
            WrapUpStatus status,
            String by,
            Instant at,
            Instant editableUntil) {
        Optional<StoredWrapUp> before = of(id);
        boolean same =
                before.filter(standing -> standing.content().equals(content)).isPresent();
        WrapUpVersion version = same
                ? before.get().version().as(status, editableUntil)
                : new WrapUpVersion(
                        before.map(standing -> standing.version().revision()).orElse(0) + 1,
                        status,
                        at,
                        by,
                        editableUntil);
        if (same && before.get().version().equals(version)) {
            return;
        }
        String team = agent.state().profile().teamId();
        written.add(new WrittenWrapUp(
                agent.state().agentId(), id, about, team, new StoredWrapUp(content, version), before));
    }
}
