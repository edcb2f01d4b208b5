package io.aftercall.feed;

/** The tenant has been deleted; what runs for it ends soon. */
public final class TenantGone extends RuntimeException {

    TenantGone() {
        super("The tenant has been deleted", null, false, false);
    }
}
