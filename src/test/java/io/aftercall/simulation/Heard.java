package io.aftercall.simulation;

import io.aftercall.engine.ChangeHints;
import io.aftercall.engine.TenantId;
import io.aftercall.feed.TenantFeed;

/** What a replica does on a hint. */
record Heard(TenantFeed feed) implements ChangeHints.Listener {

    @Override
    public void changed(TenantId tenant, long revision) {
        feed.reach(revision);
    }

    @Override
    public void perhapsMissed() {
        feed.catchUp();
    }
}
