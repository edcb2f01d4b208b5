package io.aftercall.report;

import static java.util.Objects.requireNonNull;

/**
 * For how long an agent waited for interactions.
 *
 * @param teamId the team that he was in at the end; empty for none
 */
public record AvailableTime(String agentId, String teamId, Span span) implements ReportEntry {

    public AvailableTime {
        requireNonNull(agentId);
        requireNonNull(teamId);
        requireNonNull(span);
    }

    /** Figures of one agent or team say how long they waited; waiting is for no queue and on no channel. */
    @Override
    public void post(Ledger ledger) {
        ReportKey key = new ReportKey(agentId, teamId, "", null, "");
        span.counted().split((quarter, passed, micros) -> {
            Tally tally = new Tally();
            tally.availableTime = micros;
            ledger.add(quarter, key, tally, 1);
        });
    }
}
