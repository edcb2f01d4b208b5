package io.aftercall.engine;

import java.util.List;

/** Is told what this replica has committed, right after the commit and in the order of commits. */
public interface CommitListener {

    void committed(List<CommittedChange> changes);
}
