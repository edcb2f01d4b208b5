package io.aftercall.engine;

import io.aftercall.agent.AgentId;
import io.aftercall.report.AcwReport;
import io.aftercall.report.AcwReportQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The figures of reports: each transaction leaves what it adds to them, and that is added up behind it. */
public interface ReportStore {

    /** Tenants that have something to be added up. */
    CompletionStage<List<TenantId>> waiting();

    /**
     * Adds some of it up; does nothing while another replica is at it.
     *
     * @param most how many entries
     * @return whether there may be more
     */
    CompletionStage<Boolean> addUp(TenantId tenant, int most);

    /**
     * Everything that has been committed, whether it is added up yet or not.
     *
     * @param now until when who is still available has waited
     * @param available who may be
     * @param abandoned whether nobody waits for it any more; asked now and then
     * @return fails with {@link AcwReport.TooLarge}, or {@link CallerGone} if nobody waits
     */
    CompletionStage<AcwReport> report(
            TenantId tenant,
            AcwReportQuery query,
            int mostRows,
            Instant now,
            Set<AgentId> available,
            BooleanSupplier abandoned);
}
