package io.aftercall.feed;

import io.aftercall.engine.CommittedChange;
import java.util.List;

/** Is told what a feed has applied. Must return quickly and must not fail: it runs where commits are applied. */
public interface FeedListener {

    /** The projection starts over: everything may have changed. */
    default void reset() {}

    void applied(List<CommittedChange> changes);
}
