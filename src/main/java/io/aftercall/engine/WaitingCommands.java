package io.aftercall.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Commands that no transaction has taken yet, in the order in which they came; not more than a limit. */
final class WaitingCommands {

    private final int limit;
    private final Queue<Waiting> commands = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    /** A command and whom to tell. */
    record Waiting(Submission submission, CompletableFuture<Reply> reply) {}

    WaitingCommands(int limit) {
        this.limit = limit;
    }

    /** Fails with {@link LaneFull} beyond the limit. */
    CompletionStage<Reply> add(Submission submission) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        if (size.incrementAndGet() > limit) {
            size.decrementAndGet();
            reply.completeExceptionally(new LaneFull());
        } else {
            commands.add(new Waiting(submission, reply));
        }
        return reply;
    }

    int size() {
        return size.get();
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    /** Takes those who came first; whose caller is gone is told {@link CallerGone} and left out. */
    List<Waiting> take(int most) {
        List<Waiting> taken = new ArrayList<>();
        while (taken.size() < most) {
            Waiting head = commands.poll();
            if (head == null) {
                break;
            }
            size.decrementAndGet();
            if (stillWanted(head)) {
                taken.add(head);
            }
        }
        return taken;
    }

    private static boolean stillWanted(Waiting head) {
        try {
            if (!head.submission().abandoned().getAsBoolean()) {
                return true;
            }
            head.reply().completeExceptionally(new CallerGone());
        } catch (RuntimeException failure) {
            head.reply().completeExceptionally(failure);
        }
        return false;
    }
}
