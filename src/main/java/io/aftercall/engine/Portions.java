package io.aftercall.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Many commands of one caller, a portion at a time: those of others come in between. */
public final class Portions {

    /** Half of what goes into a transaction by default. */
    private static final int PORTION = 256;

    private Portions() {}

    /**
     * Sends commands on their way.
     *
     * @return what came of each, in their order; fails as {@link CommandLane#submit} does, and then some may have been
     *     carried out
     */
    public static CompletionStage<List<Reply>> submit(CommandLane lane, List<Submission> submissions) {
        return submit(lane, submissions, new ArrayList<>(submissions.size()));
    }

    private static CompletionStage<List<Reply>> submit(
            CommandLane lane, List<Submission> submissions, List<Reply> replies) {
        if (replies.size() == submissions.size()) {
            return CompletableFuture.completedFuture(replies);
        }
        List<CompletableFuture<Reply>> portion =
                submissions.subList(replies.size(), Math.min(replies.size() + PORTION, submissions.size())).stream()
                        .map(lane::submit)
                        .map(CompletionStage::toCompletableFuture)
                        .toList();
        return CompletableFuture.allOf(portion.toArray(CompletableFuture[]::new))
                .thenCompose(done -> {
                    portion.forEach(reply -> replies.add(reply.join()));
                    return submit(lane, submissions, replies);
                });
    }
}
