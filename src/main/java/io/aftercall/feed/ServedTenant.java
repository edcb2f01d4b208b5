package io.aftercall.feed;

import io.aftercall.engine.CommandLane;
import io.aftercall.engine.DatabaseClock;
import io.aftercall.engine.DispositionEditor;
import io.aftercall.engine.ForecastKeeper;
import io.aftercall.engine.PolicyBook;
import io.aftercall.engine.PolicyEditor;
import io.aftercall.engine.QueuePressure;
import io.aftercall.engine.Quotas;
import io.aftercall.engine.TenantId;

/**
 * What a replica has running for a tenant: the way in for commands, the way out for reads.
 */
public record ServedTenant(
        CommandLane lane,
        TenantFeed feed,
        ReadBarrier barrier,
        PolicyBook policies,
        PolicyEditor editor,
        DispositionEditor dispositions,
        QueuePressure pressure,
        ForecastKeeper forecast,
        DatabaseClock clock) {

    /** Finds what is running for a tenant. */
    public interface Directory {

        ServedTenant of(TenantId tenant);

        /** What a tenant may have and do at most, with a value for each. */
        Quotas quotas(TenantId tenant);
    }
}
