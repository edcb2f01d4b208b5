package io.aftercall.engine;

import io.aftercall.interaction.Identifier;

/** A customer of the installation. Taken from the caller's credentials, never from a message. */
public record TenantId(String value) {

    /** The tenant of an installation that has one. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        Identifier.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
