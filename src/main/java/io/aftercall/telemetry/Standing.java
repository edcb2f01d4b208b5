package io.aftercall.telemetry;

import io.aftercall.feed.ServedTenant;
import java.time.Duration;
import java.util.Collection;

/** How things stand on this replica, whenever somebody looks. */
public interface Standing {

    /** What runs here: all of the installation's tenants. */
    Collection<ServedTenant> tenants();

    /** For how long it has not been known that memory has what the database has, of the tenant furthest behind. */
    Duration feedLag();

    /** How many tenants cannot be served, as what is stored of them cannot be read. */
    long unreadable();

    /** Whether the replica is ready to be called. */
    boolean ready();
}
