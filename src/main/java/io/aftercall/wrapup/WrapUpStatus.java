package io.aftercall.wrapup;

/** How far a wrap-up is. */
public enum WrapUpStatus {
    /** Being written: the interaction is live, or its ACW is open. */
    DRAFT,
    /** The ACW has ended, and something is missing that its policy or the disposition's form asks for. */
    INCOMPLETE,
    /** The ACW has ended, and nothing is missing. */
    FINAL
}
