package io.aftercall.security;

import io.aftercall.engine.TenantId;

/**
 * Who is calling, for which tenant.
 *
 * @param subject the name that changes are logged under
 */
public record Caller(TenantId tenant, String subject) {

    /** Everybody, as long as the server does not ask for credentials; it then listens on loopback by default. */
    public static final Caller ANONYMOUS = new Caller(TenantId.DEFAULT, "anonymous");
}
