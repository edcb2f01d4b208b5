package io.aftercall.rpc;

import io.aftercall.engine.TenantId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** The streams that there may be at once, of one caller, of a tenant and on this replica: whoever opens one takes a place. */
final class StreamPlaces {

    private final StreamLimits limits;
    private final Map<String, Integer> takenByCaller = new HashMap<>();
    private final Map<TenantId, Integer> takenByTenant = new HashMap<>();
    private int taken;

    StreamPlaces(StreamLimits limits) {
        this.limits = limits;
    }

    /** How many places are taken. */
    synchronized int taken() {
        return taken;
    }

    /**
     * Takes a place.
     *
     * @param perTenant how many the tenant may have
     * @return gives the place back, once however often it is run
     * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED if there is none
     */
    synchronized Runnable take(String caller, TenantId tenant, int perTenant) {
        if (takenByCaller.getOrDefault(caller, 0) >= limits.perCaller()) {
            throw AccessErrors.tooManyStreams("CALLER", limits.perCaller());
        }
        if (takenByTenant.getOrDefault(tenant, 0) >= perTenant) {
            throw AccessErrors.tooManyStreams("TENANT", perTenant);
        }
        if (taken >= limits.perReplica()) {
            throw AccessErrors.tooManyStreams("REPLICA", limits.perReplica());
        }
        takenByCaller.merge(caller, 1, Integer::sum);
        takenByTenant.merge(tenant, 1, Integer::sum);
        taken++;
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (left.compareAndSet(false, true)) {
                giveBack(caller, tenant);
            }
        };
    }

    private synchronized void giveBack(String caller, TenantId tenant) {
        taken--;
        takenByCaller.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
        takenByTenant.computeIfPresent(tenant, (id, count) -> count == 1 ? null : count - 1);
    }
}
