package io.aftercall.feed;

import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.CommitListener;
import io.aftercall.engine.CommittedChange;
import io.aftercall.engine.Replicas;
import java.util.List;

/**
 * Hints to the other replicas, if there are any, that this one has committed. One hint is under way at a time and the
 * next stands for all commits meanwhile, in a transaction of its own: a NOTIFY inside the writing one would make all
 * writers queue.
 */
public final class HintSender implements CommitListener {

    private final TenantFeed feed;
    private final Replicas replicas;
    private final SharedWork<Void> hinting;
    private volatile long committed;

    public HintSender(TenantFeed feed, Replicas replicas, ChangeHints hints) {
        this.feed = feed;
        this.replicas = replicas;
        this.hinting = new SharedWork<>(() -> hints.tell(feed.tenant(), committed));
    }

    /** Tells the feed first. A hint that fails is lost, as any may be: the others look into the log anyhow. */
    @Override
    public void committed(List<CommittedChange> changes) {
        feed.committed(changes);
        // Not the feed's: that is behind as long as what another replica wrote before is missing.
        committed = changes.get(changes.size() - 1).revision();
        if (!replicas.alone()) {
            hinting.join();
        }
    }
}
