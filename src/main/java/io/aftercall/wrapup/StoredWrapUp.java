package io.aftercall.wrapup;

/** A wrap-up as it stands. */
public record StoredWrapUp(WrapUp content, WrapUpVersion version) {

    public boolean draft() {
        return version.status() == WrapUpStatus.DRAFT;
    }
}
