package io.aftercall.interaction;

/** The router's id of an interaction, unique within the tenant; see {@link Identifier} for its form. */
public record InteractionId(String value) {

    public InteractionId {
        Identifier.require(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
