package io.aftercall.store;

/**
 * The lock that whoever writes for a tenant takes first and holds until its transaction ends. An advisory one, because
 * those are given in the order in which they were asked for: a replica that asks again in the flight of its commit
 * would keep taking a row's lock before another one that waits for it.
 */
final class TenantLock {

    /** With the tenant's id; comes back with a row once the lock is given. */
    static final String TAKE = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended($1, 0))";

    /**
     * The same at the beginning of a transaction that is to work on that tenant alone. Its statements go by keys and
     * need no plan for each list of them: the database would make one every time, which takes longer than the work.
     */
    static final String TAKE_FOR_TENANT = TAKE.replace(
            "SELECT 1", DatabaseRole.FOR_TENANT + ", set_config('plan_cache_mode', 'force_generic_plan', true)");

    private TenantLock() {}
}
