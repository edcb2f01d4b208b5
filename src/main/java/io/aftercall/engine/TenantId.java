package io.aftercall.engine;

import io.aftercall.interaction.Identifier;
import java.util.Optional;

/** A customer of the installation. Taken from the caller's credentials, never from a message. */
public record TenantId(String value) {

    /** The tenant that an installation has from the start. */
    public static final TenantId DEFAULT = new TenantId("default");

    /** No customer but the installation itself, to which its operators belong. */
    public static final TenantId INSTALLATION = new TenantId("~");

    public TenantId {
        Identifier.require(value);
    }

    /** The customer of that id; empty if none can have it. */
    public static Optional<TenantId> ofCustomer(String value) {
        return Identifier.violation(value).isPresent() || value.equals(INSTALLATION.value)
                ? Optional.empty()
                : Optional.of(new TenantId(value));
    }

    @Override
    public String toString() {
        return value;
    }
}
