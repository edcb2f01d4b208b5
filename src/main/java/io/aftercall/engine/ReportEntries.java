package io.aftercall.engine;

import io.aftercall.agent.AcwNotRequired;
import io.aftercall.agent.AgentId;
import io.aftercall.agent.AgentState;
import io.aftercall.agent.AgentStatus;
import io.aftercall.agent.EndReason;
import io.aftercall.agent.EndedAcw;
import io.aftercall.agent.OpenAcw;
import io.aftercall.agent.SettledAcw;
import io.aftercall.agent.StateChange;
import io.aftercall.agent.WrittenWrapUp;
import io.aftercall.interaction.Interaction;
import io.aftercall.interaction.InteractionOutcome;
import io.aftercall.policy.AcwMode;
import io.aftercall.report.AvailableTime;
import io.aftercall.report.DoneInteraction;
import io.aftercall.report.DoneInteraction.Acw;
import io.aftercall.report.ReportEntry;
import io.aftercall.report.ReportKey;
import io.aftercall.report.Span;
import io.aftercall.wrapup.StoredWrapUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What of that which a transaction writes adds to the figures of reports. */
public final class ReportEntries {

    private static final Set<InteractionOutcome> HANDLED =
            EnumSet.of(InteractionOutcome.ANSWERED, InteractionOutcome.TRANSFERRED, InteractionOutcome.CONFERENCE_LEFT);

    /** Whoever uses so much of the time that he has, in percent, uses all of it. */
    private static final int AT_LIMIT_PERCENT = 90;

    private final AgentStore.Loaded loaded;
    private final AgentStore.Writes writes;
    private final List<ReportEntry> entries = new ArrayList<>();

    private ReportEntries(AgentStore.Loaded loaded, AgentStore.Writes writes) {
        this.loaded = loaded;
        this.writes = writes;
    }

    public static List<ReportEntry> of(AgentStore.Loaded loaded, AgentStore.Writes writes) {
        ReportEntries found = new ReportEntries(loaded, writes);
        found.addWaiting();
        found.addDone();
        return found.entries;
    }

    /** Who is not available any more has waited until now. */
    private void addWaiting() {
        Map<AgentId, AgentState> before = new HashMap<>();
        loaded.agents().forEach((id, agent) -> before.put(id, agent.state()));
        for (StateChange change : writes.changes()) {
            AgentState after = change.state();
            AgentState was = before.put(after.agentId(), after);
            boolean over = after.status() != AgentStatus.AVAILABLE || change.deletes();
            if (was != null && was.seen() && was.status() == AgentStatus.AVAILABLE && over) {
                Instant until = after.status() == AgentStatus.AVAILABLE ? loaded.now() : after.statusSince();
                entries.add(waited(was, until));
            }
            if (change.deletes()) {
                before.remove(after.agentId());
            }
        }
    }

    /** For how long an agent who is available has been. */
    public static AvailableTime waited(AgentState agent, Instant until) {
        return new AvailableTime(
                agent.agentId().value(),
                Objects.requireNonNullElse(agent.profile().teamId(), ""),
                Span.between(agent.statusSince(), until));
    }

    private void addDone() {
        Map<AcwKey, SettledAcw> settled = new LinkedHashMap<>();
        writes.settled().forEach(acw -> settled.put(AcwKey.of(acw), acw));
        Map<AcwKey, Optional<StoredWrapUp>> stood = new LinkedHashMap<>();
        Map<AcwKey, StoredWrapUp> stands = new HashMap<>();
        for (WrittenWrapUp written : writes.wrapUps()) {
            stood.putIfAbsent(AcwKey.of(written), written.replaced());
            stands.put(AcwKey.of(written), written.wrapUp());
        }
        settled.forEach((key, acw) -> {
            Optional<StoredWrapUp> wrapUp = Optional.ofNullable(stands.get(key))
                    .or(() -> Optional.ofNullable(loaded.wrapUps().get(key)));
            done(acw, code(wrapUp)).filter(done -> !done.isNothing()).ifPresent(entries::add);
        });
        stood.forEach((key, wrapUp) -> {
            String before = code(wrapUp);
            String now = code(Optional.of(stands.get(key)));
            if (!settled.containsKey(key) && !before.equals(now)) {
                Optional.ofNullable(loaded.settled().get(key))
                        .flatMap(acw -> done(acw, before))
                        .filter(done -> !done.isNothing())
                        .ifPresent(done -> reclassify(done, now));
            }
        });
    }

    private void reclassify(DoneInteraction done, String now) {
        entries.add(done.as(done.key().dispositionCode(), -1));
        entries.add(done.as(now, 1));
    }

    private static String code(Optional<StoredWrapUp> wrapUp) {
        return wrapUp.map(stored -> stored.content().dispositionCode()).orElse("");
    }

    private static Optional<DoneInteraction> done(SettledAcw acw, String dispositionCode) {
        if (acw instanceof EndedAcw ended) {
            return Optional.of(done(ended, ended.work().interaction(), ended.endTime(), dispositionCode));
        }
        return acw instanceof AcwNotRequired none
                ? Optional.of(done(none, none.interaction(), none.time(), dispositionCode))
                : Optional.empty();
    }

    private static DoneInteraction done(
            SettledAcw acw, Interaction interaction, Instant doneTime, String dispositionCode) {
        ReportKey key = new ReportKey(
                acw.agentId().value(),
                Objects.requireNonNullElse(acw.teamId(), ""),
                Objects.requireNonNullElse(interaction.queueId(), ""),
                interaction.channel(),
                dispositionCode);
        Duration hold = Objects.requireNonNullElse(interaction.holdDuration(), Duration.ZERO);
        boolean handled = interaction.outcome() != null && HANDLED.contains(interaction.outcome());
        return new DoneInteraction(
                key,
                1,
                doneTime,
                handled,
                handled ? DoneInteraction.talk(interaction.answerTime(), interaction.endTime()) : Optional.empty(),
                hold.toNanos() / 1_000,
                acw instanceof EndedAcw ended ? Optional.of(work(ended)) : Optional.empty());
    }

    private static Acw work(EndedAcw ended) {
        OpenAcw work = ended.work();
        Span span = Span.between(work.startTime(), ended.endTime());
        boolean limited = work.deadline() != null && work.mode() != AcwMode.FIXED;
        boolean ownEnd = ended.reason() == EndReason.COMPLETED || ended.reason() == EndReason.TIMED_OUT;
        return new Acw(
                span,
                ended.pauses().stream()
                        .map(pause -> Span.between(pause.since(), pause.until()))
                        .toList(),
                ended.reason(),
                work.extensionsUsed() > 0,
                limited && ownEnd,
                limited && ownEnd && ranOut(ended));
    }

    private static boolean ranOut(EndedAcw ended) {
        Duration had = ended.work().worked(ended.work().deadline());
        return ended.worked().multipliedBy(100).compareTo(had.multipliedBy(AT_LIMIT_PERCENT)) >= 0;
    }
}
